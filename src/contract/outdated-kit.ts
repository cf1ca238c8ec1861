/** Changes after which a kit that was handed out is no longer what it would be now. */
export const OUTDATED_CAUSES = [
  'release',
  'servers',
  'settings',
  'properties_file',
  'organization',
  'studies',
  'identities',
  'hierarchy',
  'participant',
  'dashboard',
] as const;
export type OutdatedCause = (typeof OUTDATED_CAUSES)[number];
