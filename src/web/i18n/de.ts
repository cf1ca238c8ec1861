import { access } from './de/access.ts';
import { account } from './de/account.ts';
import { administration } from './de/administration.ts';
import { certificateStates } from './de/certificate-states.ts';
import { common } from './de/common.ts';
import { errors } from './de/errors.ts';
import { factor } from './de/factor.ts';
import { enrolment } from './de/enrolment.ts';
import { renewals } from './de/renewals.ts';
import { imports } from './de/imports.ts';
import { ownRoot } from './de/own-root.ts';
import { invitations } from './de/invitations.ts';
import { kits } from './de/kits.ts';
import { face } from './de/face.ts';
import { requestMessages } from './de/request-messages.ts';
import { webhooks } from './de/webhooks.ts';
import { messages } from './de/messages.ts';
import { ownKey } from './de/own-key.ts';
import { passkeys } from './de/passkeys.ts';
import { objections } from './de/objections.ts';
import { people } from './de/people.ts';
import { places } from './de/places.ts';
import { reissue } from './de/reissue.ts';
import { sso } from './de/sso.ts';
import type { Texts } from './en.ts';

/** All texts of the page in German. */
export const de: Texts = {
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
};
