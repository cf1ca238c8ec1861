import type { App, Routes } from '../http/app-types.ts';
import type { ServiceContext } from '../context/context.ts';
import { accessTokenRoutes } from './access-tokens.ts';
import { projectTokenRoutes } from './project-tokens.ts';
import { approvalRoutes } from './approvals.ts';
import { certificateRoutes, crlRoutes } from './certificates.ts';
import { rootCaRoutes } from './root-ca.ts';
import { clientRoutes } from './sites.ts';
import { auditRoutes } from './audit.ts';
import { documentRoutes } from './documents.ts';
import { enrolmentRoutes, enrolmentTokenRoutes } from './enrolments.ts';
import { eventRoutes } from './events.ts';
import { healthRoutes } from './health.ts';
import { kitRoutes } from './kits.ts';
import { invitationRoutes } from './invitations.ts';
import { nameRoutes } from './names.ts';
import { organizationRoutes } from './organizations.ts';
import { ownSessionRoutes } from './own-sessions.ts';
import { outboxRoutes } from './outbox.ts';
import { passkeyRoutes } from './passkeys.ts';
import { passwordRoutes } from './passwords.ts';
import { ownRootRoutes } from './own-root.ts';
import { overviewRoutes } from './overview.ts';
import { projectRoutes } from './project.ts';
import { reissueRoutes } from './reissue.ts';
import { requestRoutes } from './requests.ts';
import { rootRenewalRoutes } from './root-renewal.ts';
import { savedViewRoutes } from './saved-views.ts';
import { scriptRoutes } from './scripts.ts';
import { secondFactorRoutes } from './second-factor.ts';
import { sessionRoutes } from './sessions.ts';
import { singleSignOnRoutes } from './single-sign-on.ts';
import { projectFaceRoutes } from './project-face.ts';
import { requestMessageRoutes } from './request-messages.ts';
import { webhookRoutes } from './webhooks.ts';
import { objectionRoutes } from './objections.ts';
import { userRoutes } from './users.ts';

/** Routes below each API prefix. */
const API: readonly Routes[] = [
  sessionRoutes,
  ownSessionRoutes,
  secondFactorRoutes,
  passkeyRoutes,
  singleSignOnRoutes,
  accessTokenRoutes,
  savedViewRoutes,
  projectTokenRoutes,
  organizationRoutes,
  projectRoutes,
  reissueRoutes,
  clientRoutes,
  kitRoutes,
  requestRoutes,
  enrolmentTokenRoutes,
  enrolmentRoutes,
  rootCaRoutes,
  ownRootRoutes,
  rootRenewalRoutes,
  nameRoutes,
  certificateRoutes,
  approvalRoutes,
  invitationRoutes,
  outboxRoutes,
  requestMessageRoutes,
  projectFaceRoutes,
  webhookRoutes,
  passwordRoutes,
  userRoutes,
  objectionRoutes,
  auditRoutes,
  overviewRoutes,
  eventRoutes,
];

/** Routes that stand both at the root and below each API prefix. */
const SERVICE: readonly Routes[] = [healthRoutes, documentRoutes, crlRoutes, scriptRoutes];

/** Registers all routes of the API on a scope that has its prefix. */
export const registerRoutes = (app: App, context: ServiceContext): void => {
  for (const routes of [...API, ...SERVICE]) {
    routes(app, context);
  }
};

/** Registers those that are at the root too, or below the prefix of NVIDIA's dashboard. */
export const registerRootRoutes = (app: App, context: ServiceContext): void => {
  for (const routes of SERVICE) {
    routes(app, context);
  }
};
