/** Holds the root CA's key while the backend runs. */
export interface AuthorityKeeper {
  /** True when the root key is encrypted and no passphrase has been given yet. */
  readonly sealed: () => boolean;
}
