import { APPROVED } from '../../../contract/approval.ts';
import type { UserView } from '../../../contract/api/user.ts';
import type { Principal } from '../../auth/principal.ts';
import { projectTokenName } from '../../auth/project-token.ts';

/** A token of the project as `/me` shows it, in the form of an account. */
export const tokenAsUser = ({ id, email, role, organization, opened }: Principal): UserView => ({
  id,
  name: projectTokenName(email) ?? '',
  email,
  organization,
  role,
  description: '',
  approval_state: APPROVED,
  approval_reason: '',
  download_count: 0,
  created_at: opened.toUTCString(),
  updated_at: opened.toUTCString(),
  email_state: 'unasked',
  language: '',
  terms_version: '',
  terms_accepted_at: '',
  version: '',
});
