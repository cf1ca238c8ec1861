/**
 * Paths below the project folder that hold keys, hashes of passwords or the database; the folder itself is ''. Nobody
 * but their owner needs to read them.
 */
export const SECRET_PATHS = [
  '',
  'db.sqlite',
  'db.sqlite-wal',
  'db.sqlite-shm',
  'db.sqlite-journal',
  '.jwt-key',
  '.audit-key',
  '.key-stock',
  'cert/web.key',
  'cert/acme-account.key',
] as const;

/** Bits of a mode that let others than the owner in. */
export const OTHERS_BITS = 0o077;
