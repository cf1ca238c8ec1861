import { signUpModeOf } from '../../../contract/sign-up-modes.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { domainsOf } from '../project/project-fields.ts';

/**
 * Returns why a project does not take somebody's sign-up; undefined when it does. Subdomains are domains of their own.
 *
 * @param isInvited whoever is invited, or approved in advance by the identity provider, may come unless it is closed
 */
export const signUpRefusal = (
  project: ProjectRow,
  email: string,
  isInvited: boolean,
): 'closed' | 'domain' | undefined => {
  const mode = signUpModeOf(project.sign_up, project.public !== 0);
  if (mode === 'closed' || (mode === 'invitation' && !isInvited)) {
    return 'closed';
  }
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return mode === 'domain' && !isInvited && !domainsOf(project.sign_up_domains).includes(domain)
    ? 'domain'
    : undefined;
};
