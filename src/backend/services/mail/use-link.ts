import { ApiError } from '../../../contract/errors.ts';
import { isSameHash, ONE_TIME_LINK } from '../../auth/bearer-secret.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { linkById, spendLink, type LinkPurpose } from '../../store/one-time-links.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { userById, type UserRow } from '../../store/users.ts';

const spent = (): ApiError => {
  const message = 'is not valid any more; ask for a new link';
  return new ApiError('invalid', `The link ${message}.`, {
    fields: [{ path: 'token', code: 'link_invalid', message }],
  });
};

/**
 * Finds whose link it is.
 *
 * @throws ApiError `invalid` for one that does not exist, is used up, replaced or expired
 */
export const openLink = async (
  db: Reader | Trx,
  token: string,
  purpose: LinkPurpose,
  now: Date,
): Promise<UserRow> => {
  const sent = ONE_TIME_LINK.read(token);
  const link = sent === undefined ? undefined : await linkById(db, sent.id);
  const isOpen =
    sent !== undefined &&
    link?.purpose === purpose &&
    isSameHash(link.secret_sha256, sent.hash) &&
    link.expires_at > toTimestamp(now);
  const user = isOpen ? await userById(db, link.user_id) : undefined;
  if (user === undefined || user.email !== link?.email) {
    throw spent();
  }
  return user;
};

/** Uses a link up. @throws ApiError as {@link openLink} */
export const closeLink = async (
  trx: Trx,
  token: string,
  purpose: LinkPurpose,
  now: Date,
): Promise<UserRow> => {
  const user = await openLink(trx, token, purpose, now);
  const { id = '' } = ONE_TIME_LINK.read(token) ?? {};
  if (!(await spendLink(trx, id))) {
    throw spent();
  }
  return user;
};
