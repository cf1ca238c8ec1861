import type { Generated } from 'kysely';

/** One row, id 1. */
export interface ProjectTable {
  readonly id: number;
  readonly frozen: Generated<number>;
  readonly public: Generated<number>;
  readonly cc_mode: Generated<number>;
  readonly ha_mode: Generated<number>;
  readonly short_name: Generated<string>;
  readonly title: Generated<string>;
  readonly description: Generated<string>;
  readonly app_location: Generated<string>;
  readonly starting_date: Generated<string>;
  readonly end_date: Generated<string>;
  readonly server1: Generated<string>;
  readonly server2: Generated<string>;
  readonly overseer: Generated<string>;
  /** PEM bytes; NVIDIA's dashboard fails on text here. */
  readonly root_cert: Buffer | null;
  /** PEM bytes, sealed or not; see src/pki/root-key.ts. */
  readonly root_key: Buffer | null;
  /** PEM of the CAs above the root CA, the nearest first; empty where it is self-signed. */
  readonly root_chain: Generated<string>;
  /** JSON text, empty when unset. */
  readonly project_props: Generated<string>;
  /** JSON text, empty when unset. */
  readonly server_props: Generated<string>;
  readonly target_release: Generated<string>;
  /** Origin of the release: `detected`, `assumed` or `chosen`. */
  readonly target_release_origin: Generated<string>;
  readonly zip_encryption: Generated<string>;
  readonly key_bits: Generated<number>;
  readonly root_valid_days: Generated<number>;
  readonly leaf_valid_days: Generated<number>;
  /** Who needs a second factor, see auth/second-factor-rule.ts. */
  readonly second_factor: Generated<string>;
  /** NULL where NVFLARE decides. */
  readonly require_signed_jobs: Generated<number | null>;
  readonly jemalloc: Generated<number>;
  /** JSON text, empty when unset. */
  readonly auth_identity_map: Generated<string>;
  /** JSON text, empty when unset. */
  readonly studies: Generated<string>;
  /** See contract/sign-up-modes.ts. */
  readonly sign_up: Generated<string>;
  /** Separated by spaces. */
  readonly sign_up_domains: Generated<string>;
  readonly contact: Generated<string>;
  readonly privacy_notice: Generated<string>;
  readonly terms: Generated<string>;
  readonly terms_version: Generated<string>;
  /** `#rrggbb`, or empty. */
  readonly color: Generated<string>;
  /** Hash of the logo; empty without one. */
  readonly logo: Generated<string>;
}

/** One row, id 1, while there is a logo. */
export interface ProjectLogoTable {
  readonly id: number;
  /** `image/png` or `image/jpeg`. */
  readonly type: string;
  /** Base64. */
  readonly content: string;
}

/** The root CA of one's own that the freeze takes: at most one. */
export interface PreparedRootTable {
  readonly id: string;
  readonly common_name: string;
  /** Sealed or not, or the name of a key in a token; see src/pki/root-key.ts. */
  readonly stored_key: string;
  /** PEM. */
  readonly public_key: string;
  /** PEM of the request that another CA signs; empty for an imported root. */
  readonly request: string;
  /** PEM; empty until the request is signed. */
  readonly certificate: string;
  /** PEM of the CAs above. */
  readonly chain: string;
  readonly created_by: string;
  readonly created_at: string;
}
