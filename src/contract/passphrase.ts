/** Shortest passphrase that a new key or archive is encrypted with. */
export const MIN_PASSPHRASE = 8;
