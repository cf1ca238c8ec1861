/**
 * Scopes of an access token, within its owner's rights: `read` is in all of them, `kits` downloads startup
 * kits, `write` changes things.
 */
export const SCOPES = ['read', 'kits', 'write'] as const;

export const MAX_TOKEN_DAYS = 366;
