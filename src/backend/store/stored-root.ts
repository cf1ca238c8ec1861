/** A stored root CA: certificate as PEM, key as PEM or sealed envelope. */
export interface SavedRoot {
  readonly certificatePem: string;
  readonly key: string;
}
