import type { Scope } from '../../contract/api/access-token.ts';
import { SCOPES } from '../../contract/token-scopes.ts';

/** Reads the scopes of a stored access token, separated by spaces; those of a newer release are left out. */
export const storedScopes = (text: string): Scope[] => {
  const words = new Set(text.split(' '));
  return SCOPES.filter((scope) => words.has(scope));
};
