import { ONE_TIME_LINK } from '../../auth/bearer-secret.ts';
import type { Trx } from '../../store/database.ts';
import { replaceLink, type LinkPurpose } from '../../store/one-time-links.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import type { UserRow } from '../../store/users.ts';

/** Pages that links lead to; what follows `#` never reaches a server as part of an address. */
const PAGES: Readonly<Record<LinkPurpose, string>> = {
  password: 'reset-password#token=',
  email: 'confirm-email#token=',
};

/** A link that works once. */
export interface OneTimeLink {
  readonly token: string;
  readonly expires: Date;
}

/** Generates a link that works once, in place of the account's earlier one. */
export const generateLink = async (
  trx: Trx,
  user: Pick<UserRow, 'id' | 'email'>,
  purpose: LinkPurpose,
  { now, ttlMs }: { readonly now: Date; readonly ttlMs: number },
): Promise<OneTimeLink> => {
  const { id, text, hash } = ONE_TIME_LINK.generate();
  const expires = new Date(now.getTime() + ttlMs);
  await replaceLink(trx, {
    id,
    purpose,
    user_id: user.id,
    email: user.email,
    secret_sha256: hash,
    created_at: toTimestamp(now),
    expires_at: toTimestamp(expires),
  });
  return { token: text, expires };
};

/** @param publicUrl ends with a slash */
export const linkAddress = (publicUrl: string, purpose: LinkPurpose, { token }: OneTimeLink): string =>
  `${publicUrl}${PAGES[purpose]}${token}`;
