import { ApiError } from '../../../contract/errors.ts';
import { isStillAdmin } from '../../auth/backing.ts';
import { ENROLMENT_TOKEN, isSameHash } from '../../auth/bearer-secret.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { enrolmentTokenById } from '../../store/enrolment-tokens.ts';
import type { EnrolmentTokenRow } from '../../store/schema.ts';
import { toTimestamp } from '../../store/timestamp.ts';

/** Actor of what was done with an enrolment token. */
export const enrolmentActor = ({ name }: Pick<EnrolmentTokenRow, 'name'>): string => `enrolment:${name}`;

/**
 * Requires that a token has not been ended. It carries the rights of a project admin, and counts only as long as whoever
 * created it is one.
 *
 * @throws ApiError `unauthenticated`
 */
const requireOpen = async (db: Reader | Trx, row: EnrolmentTokenRow): Promise<void> => {
  if (row.ended_at !== '') {
    throw new ApiError(
      'unauthenticated',
      'The enrolment token was ended. Ask the project admin for another one.',
    );
  }
  const { creator_id: id, created_by: name, created_at: at } = row;
  if (!(await isStillAdmin(db, { id, name, at }))) {
    throw new ApiError(
      'unauthenticated',
      'Whoever created the enrolment token is no project admin any more. Ask for another one.',
    );
  }
};

/** Reads a token again that was open before. @throws ApiError `unauthenticated` where it is not any more */
export const requireStillOpen = async (trx: Trx, { id }: EnrolmentTokenRow): Promise<void> => {
  const row = await enrolmentTokenById(trx, id);
  if (row === undefined) {
    throw new ApiError('unauthenticated', 'The enrolment token is wrong.');
  }
  await requireOpen(trx, row);
};

/**
 * Finds the enrolment token that was sent.
 *
 * @param text undefined: none was sent
 * @throws ApiError `unauthenticated` for one that does not exist, was ended, or whose creator is no project admin
 */
export const openEnrolmentToken = async (
  db: Reader | Trx,
  text: string | undefined,
): Promise<EnrolmentTokenRow> => {
  if (text === undefined) {
    throw new ApiError('unauthenticated', 'An enrolment token is needed.');
  }
  const sent = ENROLMENT_TOKEN.read(text);
  const row = sent === undefined ? undefined : await enrolmentTokenById(db, sent.id);
  if (sent === undefined || row === undefined || !isSameHash(row.secret_sha256, sent.hash)) {
    throw new ApiError('unauthenticated', 'The enrolment token is wrong.');
  }
  await requireOpen(db, row);
  return row;
};

/** @throws ApiError `unauthorized` for one that has expired */
export const requireUnexpired = ({ expires_at: expires }: EnrolmentTokenRow, now: Date): void => {
  if (expires <= toTimestamp(now)) {
    throw new ApiError(
      'unauthorized',
      'The enrolment token has expired. Ask the project admin for another one.',
    );
  }
};
