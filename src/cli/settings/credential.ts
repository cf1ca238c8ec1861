import { Email, OrganizationName } from '../../contract/names.ts';
import { FAULTS } from '../errors/faults.ts';
import type { Runtime } from '../runtime.ts';
import { generatePassword } from './make-password.ts';

const MIN_PASSWORD = 8;

/** The first project admin. */
export interface Credential {
  readonly email: string;
  readonly password: string;
  /** Empty: none. */
  readonly organization: string;
  /** The password was made here and has to be shown once. */
  readonly generated: boolean;
}

/**
 * Reads `EMAIL`, `EMAIL:PASSWORD` or `EMAIL:PASSWORD:ORG`; without a password one is made. The first and the last
 * colon divide, so a password may hold colons where an organization (which may be empty) follows.
 *
 * @param source where it stood, for the error
 * @throws CliError `credential_invalid`
 */
export const parseCredential = (
  text: string,
  source: string,
  randomInt: Runtime['randomInt'],
): Credential => {
  const first = text.indexOf(':');
  const last = text.lastIndexOf(':');
  const email = first < 0 ? text : text.slice(0, first);
  const password = first < 0 ? '' : text.slice(first + 1, last > first ? last : undefined);
  const organization = last > first ? text.slice(last + 1) : '';
  const checkedEmail = Email.safeParse(email);
  if (!checkedEmail.success) {
    const [issue] = checkedEmail.error.issues;
    throw FAULTS.credentialInvalid({ source, reason: `"${email}" ${issue?.message ?? ''}` });
  }
  if (password !== '' && password.length < MIN_PASSWORD) {
    throw FAULTS.credentialInvalid({
      source,
      reason: `its password is shorter than ${MIN_PASSWORD} characters`,
    });
  }
  if (organization !== '' && !OrganizationName.safeParse(organization).success) {
    throw FAULTS.credentialInvalid({
      source,
      reason: `the organization "${organization}" may hold letters, digits and underscores only`,
    });
  }
  const generated = password === '';
  return { email, password: generated ? generatePassword(randomInt) : password, organization, generated };
};

/** As NVFL_CREDENTIAL writes it. */
export const credentialText = ({ email, password, organization }: Credential): string =>
  `${email}:${password}:${organization}`;
