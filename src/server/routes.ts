import type { App, Routes } from './app-types.ts';
import type { ServiceContext } from './context.ts';
import { approvalRoutes } from './routes/approvals.ts';
import { authorityRoutes } from './routes/authority.ts';
import { clientRoutes } from './routes/clients.ts';
import { auditRoutes } from './routes/audit.ts';
import { documentRoutes } from './routes/documents.ts';
import { healthRoutes } from './routes/health.ts';
import { kitRoutes } from './routes/kits.ts';
import { organizationRoutes } from './routes/organizations.ts';
import { projectRoutes } from './routes/project.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { userRoutes } from './routes/users.ts';

/** Routes below each API prefix. */
const API: readonly Routes[] = [
  sessionRoutes,
  organizationRoutes,
  projectRoutes,
  clientRoutes,
  kitRoutes,
  authorityRoutes,
  approvalRoutes,
  userRoutes,
  auditRoutes,
];

/** Routes that stand both at the root and below each API prefix. */
const SERVICE: readonly Routes[] = [healthRoutes, documentRoutes];

/** Registers all routes of the API on a scope that has its prefix. */
export const registerRoutes = (app: App, context: ServiceContext): void => {
  for (const routes of [...API, ...SERVICE]) routes(app, context);
};

/** Registers those that are at the root too. */
export const registerRootRoutes = (app: App, context: ServiceContext): void => {
  for (const routes of SERVICE) routes(app, context);
};
