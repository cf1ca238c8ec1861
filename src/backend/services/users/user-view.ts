import type { UserView } from '../../../contract/api/user.ts';
import { propsOf } from '../../store/stored-json.ts';
import { toHttpDate } from '../../store/timestamp.ts';
import { seenUser, versionOf } from '../approvals/seen-version.ts';
import type { UserRow } from '../../store/users.ts';

/** A user as the API shows them: never a hash. */
export const userView = (row: UserRow): UserView => {
  const props = propsOf(row.props);
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    organization: row.organization,
    role: row.role,
    description: row.description,
    approval_state: row.approval_state,
    approval_reason: row.approval_reason,
    download_count: row.download_count,
    created_at: toHttpDate(row.created_at),
    updated_at: toHttpDate(row.updated_at),
    email_state:
      row.email_confirmed_at !== '' ? 'confirmed' : row.email_asked_at === '' ? 'unasked' : 'unconfirmed',
    language: row.language,
    terms_version: row.terms_version,
    terms_accepted_at: row.terms_accepted_at === '' ? '' : toHttpDate(row.terms_accepted_at),
    ...(props === undefined ? {} : { props }),
    version: versionOf(seenUser(row)),
  };
};
