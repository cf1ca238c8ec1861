import type { Approval } from '../../contract/approval.ts';
import type { Scope } from '../../contract/api/access-token.ts';
import type { Language } from '../../contract/languages.ts';
import type { Role } from '../../contract/roles.ts';

/** Who is asking, as the database (not the token) has it at the time of the request. */
export interface Principal {
  readonly id: number;
  readonly email: string;
  /** Empty while the sign-up is unfinished. */
  readonly role: Role | '';
  /** Empty while the sign-up is unfinished. */
  readonly organization: string;
  /** Never `denied`: such a user's token counts for nothing. */
  readonly approval: Approval;
  readonly mustChangePassword: boolean;
  /** Nothing else is allowed before. */
  readonly passwordChangeRequired: boolean;
  /** `required`: the project demands one, and nothing else is allowed before it is set up. */
  readonly secondFactor: 'none' | 'enrolled' | 'required';
  /** The session was opened at an identity provider. */
  readonly external: boolean;
  /** Id of the session, for log-out; of the access token where one was sent. */
  readonly session: string;
  /** Scopes that an access token narrows the rights to; undefined for a session. */
  readonly scopes: readonly Scope[] | undefined;
  /** When the session was opened. */
  readonly opened: Date;
  /** When the session was last used, to the minute. */
  readonly used: Date;
  /** When the password was last given in this session. */
  readonly confirmed: Date;
  /** When the session ends. */
  readonly expires: Date;
}

/** A request's origin, as services get it. */
export interface Requester {
  /** undefined: nobody logged in. */
  readonly principal: Principal | undefined;
  /** IP address. */
  readonly address: string;
  /** Id of the browser, where the account's password was right in it before. */
  readonly browser: (account: string) => string | undefined;
  /** Language that the page or browser prefers; empty where it names none. */
  readonly language: Language | '';
  readonly requestId: string;
  /** Nobody's act has led to it: it does not prolong the session. */
  readonly unattended: boolean;
}
