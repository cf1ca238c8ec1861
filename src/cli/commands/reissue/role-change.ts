import { isRole, ROLES, type Role } from '../../../contract/roles.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';

export interface RoleWord {
  readonly email: string;
  readonly role: Role;
}

/** Reads `EMAIL=ROLE`. @throws CliError `usage` */
export const readRole = (word: string): RoleWord => {
  const split = word.lastIndexOf('=');
  const role = word.slice(split + 1);
  if (split < 1 || !isRole(role)) {
    const what = `--role ${word} is not EMAIL=ROLE with one of ${ROLES.join(', ')}.`;
    throw CLI_ERRORS.usage({ what, command: 'reissue' });
  }
  return { email: word.slice(0, split), role };
};
