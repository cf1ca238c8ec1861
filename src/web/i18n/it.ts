import type { Translation } from './en.ts';
import { access } from './it/access.ts';
import { account } from './it/account.ts';
import { administration } from './it/administration.ts';
import { certificateStates } from './it/certificate-states.ts';
import { common } from './it/common.ts';
import { errors } from './it/errors.ts';
import { enrolment } from './it/enrolment.ts';
import { renewals } from './it/renewals.ts';
import { imports } from './it/imports.ts';
import { ownRoot } from './it/own-root.ts';
import { invitations } from './it/invitations.ts';
import { factor } from './it/factor.ts';
import { kits } from './it/kits.ts';
import { face } from './it/face.ts';
import { requestMessages } from './it/request-messages.ts';
import { webhooks } from './it/webhooks.ts';
import { messages } from './it/messages.ts';
import { ownKey } from './it/own-key.ts';
import { reissue } from './it/reissue.ts';
import { sso } from './it/sso.ts';
import { passkeys } from './it/passkeys.ts';
import { objections } from './it/objections.ts';
import { people } from './it/people.ts';
import { places } from './it/places.ts';

/** All texts of the page in Italian. */
export const it: Translation = {
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
