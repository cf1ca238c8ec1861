import type { IssuedLeaf, LeafRequest } from './certificate.ts';
import type { AuthIdentityMap } from './kit-settings.ts';
import type { Role } from './roles.ts';
import type { TargetRelease } from './releases.ts';
import type { Studies } from './studies.ts';

/** JSON object of properties as the API and properties.yml carry it. */
export type Props = Readonly<Record<string, unknown>>;

/** Sections of `properties.yml` / `properties.json` in the project folder. */
export interface FileProps {
  readonly project?: Props;
  readonly server?: Props;
  readonly client?: Props;
  readonly admin?: Props;
}

/** A site or relay that takes part, as the kits of others depend on it. */
export interface Peer {
  readonly kind: 'client' | 'relay';
  readonly name: string;
  readonly props: Props;
}

/** Values of the frozen project that kits need. */
export interface KitProject {
  readonly shortName: string;
  readonly targetRelease: TargetRelease;
  readonly haMode: boolean;
  readonly server1: string;
  readonly server2: string;
  readonly overseer: string;
  readonly appLocation: string;
  /** Organization of the first project admin, used in server certificates. */
  readonly organization: string;
  readonly projectProps: Props;
  readonly serverProps: Props;
  readonly fileProps: FileProps;
  /** Undefined where NVFLARE decides: it requires them wherever kits have a root certificate. */
  readonly requireSignedJobs: boolean | undefined;
  /** Start scripts preload jemalloc, where it is installed. */
  readonly jemalloc: boolean;
  /** Identities besides those that follow from the properties of sites and relays. */
  readonly authIdentityMap: AuthIdentityMap;
  /** Undefined for none. */
  readonly studies: Studies | undefined;
  /** Approved sites and relays. */
  readonly peers: readonly Peer[];
  /** Another CA signed the root CA. */
  readonly signedRoot?: boolean;
  /** The root CA allows no CA below it. */
  readonly endRoot?: boolean;
}

export interface Capacity {
  readonly num_of_gpus: number;
  readonly mem_per_gpu_in_GiB: number;
}

/** The participant a kit is for. */
export type KitParticipant =
  | { readonly kind: 'server'; readonly index: 1 | 2 }
  | { readonly kind: 'overseer' }
  | {
      readonly kind: 'client';
      readonly name: string;
      readonly organization: string;
      readonly capacity: Capacity;
      readonly props: Props;
    }
  | {
      readonly kind: 'relay';
      readonly name: string;
      readonly organization: string;
      readonly props: Props;
    }
  | {
      readonly kind: 'admin';
      readonly email: string;
      readonly organization: string;
      readonly role: Role;
      readonly props: Props;
    };

/** The root CA as kits see it: the caller decides policy, key pool and ledger behind it. */
export interface KitIssuer {
  /** X.509 PEM of the root CA. */
  readonly rootCertificatePem: string;
  /** Generates a key pair and its certificate; the caller writes the ledger row before they leave. */
  readonly issue: (request: LeafRequest) => Promise<IssuedLeaf>;
  /** RSA-PSS, SHA-256, longest salt, by the root key: the signatures of signature.json. */
  readonly sign: (content: Buffer) => Promise<Buffer>;
}
