/** Stable reasons for refusing a root CA of one's own, or its key. */
export const OWN_ROOT_CODES = [
  'root_unreadable',
  'root_pkcs12',
  'root_not_rsa',
  'root_weak',
  'root_not_ca',
  'root_no_cert_sign',
  'root_restricted',
  'root_path_length',
  'root_outdated',
  'root_not_yet_valid',
  'root_wrong_name',
  'root_surplus',
  'root_chain_incomplete',
  'root_chain_invalid',
  'root_mismatch',
  'key_unreadable',
  'key_not_rsa',
  'key_encrypted',
  'key_derivation',
  'key_passphrase_wrong',
  'pkcs12_unreadable',
  'pkcs12_unsupported',
  'pkcs12_incomplete',
  'pkcs12_several_keys',
  'pkcs12_derivation',
] as const;
export type OwnRootCode = (typeof OWN_ROOT_CODES)[number];

/** What a root CA of one's own that is accepted does not allow. */
export const OWN_ROOT_WARNINGS = ['no_job_ca', 'no_crl'] as const;
export type OwnRootWarning = (typeof OWN_ROOT_WARNINGS)[number];
