/** How a kit's zip is encrypted. */
export const ZIP_ENCRYPTIONS = ['zipcrypto', 'aes256'] as const;
export type ZipEncryption = (typeof ZIP_ENCRYPTIONS)[number];

/** What a project allows: `any`, where a request that names no encryption gets ZipCrypto as NVIDIA's API clients expect. */
export const ENCRYPTION_POLICIES = ['any', 'aes256'] as const;
export type EncryptionPolicy = (typeof ENCRYPTION_POLICIES)[number];
