import type { AccessTokenCreate, AccessTokenView } from '../../../contract/api/access-token.ts';
import { ACCESS_TOKEN } from '../../auth/bearer-secret.ts';
import type { AccessTokenRow } from '../../store/schema.ts';
import { storedScopes } from '../../store/stored-scopes.ts';
import { toHttpDate, toTimestamp } from '../../store/timestamp.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

type TokenValues = Omit<AccessTokenRow, 'user_id'>;

/** Generates a token: its text, which is shown once, and what is stored of it. */
export const newToken = (
  { name, scopes, expires_in_days: days }: AccessTokenCreate,
  now: Date,
): { readonly text: string; readonly values: TokenValues } => {
  const { id, text, hash } = ACCESS_TOKEN.generate();
  const values = {
    id,
    name,
    secret_sha256: hash,
    scopes: [...new Set(scopes)].sort().join(' '),
    created_at: toTimestamp(now),
    expires_at: toTimestamp(new Date(now.getTime() + days * DAY_MS)),
    used_at: '',
  };
  return { text, values };
};

/** What everybody's and the project's tokens show alike. */
export const tokenView = (row: TokenValues, now: Date): Omit<AccessTokenView, 'owner'> => ({
  id: row.id,
  name: row.name,
  scopes: storedScopes(row.scopes),
  created_at: toHttpDate(row.created_at),
  expires_at: toHttpDate(row.expires_at),
  expired: row.expires_at <= toTimestamp(now),
  last_used_at: row.used_at === '' ? null : toHttpDate(row.used_at),
});
