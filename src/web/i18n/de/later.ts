import { access } from './access.ts';
import { certificateStates } from './certificate-states.ts';
import { deploy } from './deploy.ts';
import { enrolment } from './enrolment.ts';
import { face } from './face.ts';
import { imports } from './imports.ts';
import { invitations } from './invitations.ts';
import { laterErrors } from './later-errors.ts';
import { leaving } from './leaving.ts';
import { ownKey } from './own-key.ts';
import { ownRoot } from './own-root.ts';
import { passkeys } from './passkeys.ts';
import { passwords } from './passwords.ts';
import { properties } from './properties.ts';
import { reissue } from './reissue.ts';
import { renewals } from './renewals.ts';
import { requestMessages } from './request-messages.ts';
import { savedViews } from './saved-views.ts';
import { sessionEnd } from './session-end.ts';
import { setUp } from './set-up.ts';
import { signUp } from './sign-up.ts';
import { webhooks } from './webhooks.ts';

/** Texts in German that come with the code of the pages that need them. */
export const later = {
  ...access,
  ...certificateStates,
  ...deploy,
  ...enrolment,
  ...face,
  ...imports,
  ...invitations,
  ...laterErrors,
  ...leaving,
  ...ownKey,
  ...ownRoot,
  ...passkeys,
  ...passwords,
  ...properties,
  ...reissue,
  ...renewals,
  ...requestMessages,
  ...savedViews,
  ...sessionEnd,
  ...setUp,
  ...signUp,
  ...webhooks,
} as const;
