import type { Translation } from './en.ts';
import { access } from './es/access.ts';
import { account } from './es/account.ts';
import { administration } from './es/administration.ts';
import { certificateStates } from './es/certificate-states.ts';
import { common } from './es/common.ts';
import { errors } from './es/errors.ts';
import { enrolment } from './es/enrolment.ts';
import { renewals } from './es/renewals.ts';
import { imports } from './es/imports.ts';
import { ownRoot } from './es/own-root.ts';
import { invitations } from './es/invitations.ts';
import { factor } from './es/factor.ts';
import { kits } from './es/kits.ts';
import { face } from './es/face.ts';
import { requestMessages } from './es/request-messages.ts';
import { webhooks } from './es/webhooks.ts';
import { messages } from './es/messages.ts';
import { ownKey } from './es/own-key.ts';
import { reissue } from './es/reissue.ts';
import { sso } from './es/sso.ts';
import { passkeys } from './es/passkeys.ts';
import { objections } from './es/objections.ts';
import { people } from './es/people.ts';
import { places } from './es/places.ts';

/** All texts of the page in Spanish. */
export const es: Translation = {
  ...common,
  ...access,
  ...enrolment,
  ...renewals,
  ...imports,
  ...ownRoot,
  ...invitations,
  ...account,
  ...objections,
  ...people,
  ...places,
  ...administration,
  ...kits,
  ...certificateStates,
  ...ownKey,
  ...reissue,
  ...sso,
  ...errors,
  ...factor,
  ...passkeys,
  ...messages,
  ...webhooks,
  ...requestMessages,
  ...face,
};
