import { NewPassword } from './api/login.ts';
import { Email, OrganizationName } from './names.ts';

/** A project admin as `--cred`, environment and file write it. */
export interface CredentialText {
  readonly email: string;
  /** Empty: none. */
  readonly password: string;
  /** Empty: none. */
  readonly organization: string;
}

/** The error completes "the credential …". */
export type ReadCredential =
  { readonly ok: true; readonly credential: CredentialText } | { readonly ok: false; readonly error: string };

const refused = (error: string): ReadCredential => ({ ok: false, error });

/**
 * Reads `EMAIL`, `EMAIL:PASSWORD` or `EMAIL:PASSWORD:ORG`. The first and the last colon divide, so a password may hold
 * colons where an organization, which may be empty, follows.
 */
export const readCredential = (text: string): ReadCredential => {
  const first = text.indexOf(':');
  const last = text.lastIndexOf(':');
  const email = Email.safeParse(first < 0 ? text : text.slice(0, first));
  if (!email.success) {
    return refused(`has an e-mail address that ${email.error.issues[0]?.message ?? 'is invalid'}`);
  }
  const password = first < 0 ? '' : text.slice(first + 1, last > first ? last : undefined);
  const checked = NewPassword.safeParse(password.normalize('NFKC'));
  if (password !== '' && !checked.success) {
    return refused(`has a password that ${checked.error.issues[0]?.message ?? 'is invalid'}`);
  }
  const organization = last > first ? text.slice(last + 1) : '';
  if (organization !== '' && !OrganizationName.safeParse(organization).success) {
    return refused(
      `has the organization "${organization}", which may hold letters, digits and underscores only; a password that holds a colon needs another one after it`,
    );
  }
  return { ok: true, credential: { email: email.data, password, organization } };
};

/** As {@link readCredential} reads it. */
export const credentialText = ({ email, password, organization }: CredentialText): string =>
  `${email}:${password}:${organization}`;
