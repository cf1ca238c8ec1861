import { access } from './en/access.ts';
import { account } from './en/account.ts';
import { administration } from './en/administration.ts';
import { certificateStates } from './en/certificate-states.ts';
import { common } from './en/common.ts';
import { errors } from './en/errors.ts';
import { factor } from './en/factor.ts';
import { enrolment } from './en/enrolment.ts';
import { renewals } from './en/renewals.ts';
import { imports } from './en/imports.ts';
import { ownRoot } from './en/own-root.ts';
import { invitations } from './en/invitations.ts';
import { kits } from './en/kits.ts';
import { face } from './en/face.ts';
import { requestMessages } from './en/request-messages.ts';
import { webhooks } from './en/webhooks.ts';
import { messages } from './en/messages.ts';
import { ownKey } from './en/own-key.ts';
import { passkeys } from './en/passkeys.ts';
import { objections } from './en/objections.ts';
import { people } from './en/people.ts';
import { places } from './en/places.ts';
import { reissue } from './en/reissue.ts';
import { sso } from './en/sso.ts';

/** All texts of the page in English; the other languages have the same keys. */
export const en = {
  ...common,
  ...access,
  ...enrolment,
  ...renewals,
  ...imports,
  ...ownRoot,
  ...invitations,
  ...messages,
  ...webhooks,
  ...requestMessages,
  ...face,
  ...factor,
  ...passkeys,
  ...sso,
  ...account,
  ...objections,
  ...people,
  ...places,
  ...administration,
  ...kits,
  ...ownKey,
  ...reissue,
  ...certificateStates,
  ...errors,
} as const;

type Shape<T> = { readonly [K in keyof T]: T[K] extends string ? string : Shape<T[K]> };

/** What another language has to bring. */
export type Texts = Shape<typeof en>;

type Part<T> = { readonly [K in keyof T]?: T[K] extends string ? string : Part<T[K]> };

/** Texts in a language; that none is missing is for the test to say. */
export type Translation = Part<Texts>;
