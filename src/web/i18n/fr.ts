import type { Translation } from './en.ts';
import { access } from './fr/access.ts';
import { account } from './fr/account.ts';
import { administration } from './fr/administration.ts';
import { certificateStates } from './fr/certificate-states.ts';
import { common } from './fr/common.ts';
import { errors } from './fr/errors.ts';
import { enrolment } from './fr/enrolment.ts';
import { renewals } from './fr/renewals.ts';
import { imports } from './fr/imports.ts';
import { ownRoot } from './fr/own-root.ts';
import { invitations } from './fr/invitations.ts';
import { factor } from './fr/factor.ts';
import { kits } from './fr/kits.ts';
import { face } from './fr/face.ts';
import { requestMessages } from './fr/request-messages.ts';
import { webhooks } from './fr/webhooks.ts';
import { messages } from './fr/messages.ts';
import { ownKey } from './fr/own-key.ts';
import { reissue } from './fr/reissue.ts';
import { sso } from './fr/sso.ts';
import { passkeys } from './fr/passkeys.ts';
import { objections } from './fr/objections.ts';
import { people } from './fr/people.ts';
import { places } from './fr/places.ts';

/** All texts of the page in French. */
export const fr: Translation = {
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
