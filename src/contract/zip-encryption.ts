/** Encryptions of a kit's zip. */
export const ZIP_ENCRYPTIONS = ['zipcrypto', 'aes256'] as const;
export type ZipEncryption = (typeof ZIP_ENCRYPTIONS)[number];

/**
 * Policies of a project: with `any`, a request that names no encryption gets ZipCrypto as NVIDIA's API clients expect.
 */
export const ENCRYPTION_POLICIES = ['any', 'aes256'] as const;
export type EncryptionPolicy = (typeof ENCRYPTION_POLICIES)[number];
