import type { IssuedLeaf, LeafRequest } from '../contract/certificate.ts';

/** A certificate as kits contain it; the key is empty where it stays elsewhere. */
type Credential = Pick<IssuedLeaf, 'certificatePem' | 'privateKeyPem'>;

/** Key pairs and certificates of one kit, issued by the root CA. */
export interface Credentials {
  /** PEM of the root CA's certificate. */
  readonly root: string;
  /** The participant's own. */
  readonly own: Credential;
  /** For a client that listens for its own jobs. */
  readonly listener: Credential | undefined;
  /** Of a server that issues certificates for jobs. */
  readonly jobCa: Credential | undefined;
}

/** A file planned for a kit. */
export interface KitFile {
  /** Path relative to the kit, with slashes. */
  readonly path: string;
  readonly mode: 0o644 | 0o755 | 0o600;
  readonly content: string | ((credentials: Credentials) => string);
}

/** The contents of a kit, known before any key is generated. */
export interface KitPlan {
  /** The participant's name: name of the zip, and of its top folder where the release has one. */
  readonly name: string;
  readonly own: LeafRequest;
  readonly listener?: LeafRequest;
  readonly jobCa?: LeafRequest;
  /** Folders besides those of the files. */
  readonly folders: readonly string[];
  readonly files: readonly KitFile[];
  /** Folders that get a signature.json. */
  readonly signed: readonly string[];
}

/** A rendered file. */
export interface RenderedFile {
  readonly path: string;
  readonly mode: number;
  readonly content: Buffer;
}
