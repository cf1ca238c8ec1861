import type { IssuedLeaf, LeafRequest } from '../contract/certificate.ts';

/** Key pairs and certificates of one kit, once the authority has issued them. */
export interface Credentials {
  /** PEM of the root CA's certificate. */
  readonly root: string;
  /** The participant's own. */
  readonly own: IssuedLeaf;
  /** For a client that listens for its own jobs. */
  readonly listener: IssuedLeaf | undefined;
}

/** A file that a kit will hold. */
export interface KitFile {
  /** Relative to the kit, with slashes. */
  readonly path: string;
  readonly mode: 0o644 | 0o755 | 0o600;
  readonly content: string | ((credentials: Credentials) => string);
}

/** What a kit will hold, known before any key is made. */
export interface KitPlan {
  /** The participant's name: name of the zip, and of its top folder where the release has one. */
  readonly name: string;
  readonly own: LeafRequest;
  readonly listener?: LeafRequest;
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
