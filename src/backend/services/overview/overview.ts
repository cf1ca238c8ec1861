import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import type { OrganizationProgress, Overview, ProgressQuery } from '../../../contract/api/overview.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import { listAudit } from '../../store/audit.ts';
import { countCertificates, countExpired, countExpiryMonths } from '../../store/certificates.ts';
import type { Reader } from '../../store/database.ts';
import {
  countByApproval,
  countIssued,
  countSitesWithoutKit,
  invitedOrganizations,
  organizationsWithAdmin,
  organizationsWithSites,
} from '../../store/overview.ts';
import { describedOrganizations } from '../../store/organization-details.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { PAGE_ROWS } from '../list-order.ts';
import { auditView } from '../audit/audit.ts';
import { countStages, organizationStages } from './organization-stages.ts';

const EXPIRING_MS = 60 * 24 * 60 * 60 * 1000;
const EVENTS = 5;

const readStages = async (db: Reader, now: string): Promise<readonly OrganizationProgress[]> =>
  organizationStages(
    await organizationsWithSites(db),
    await organizationsWithAdmin(db),
    await invitedOrganizations(db, now),
    await describedOrganizations(db),
  );

/** Lets other requests come between two counts: with SQLite, each stops them while it runs. */
const inTurn = async <T>(count: Promise<T>): Promise<T> => {
  const counted = await count;
  await nextTurn();
  return counted;
};

/** Counts what the project admin has to see to. */
export const readOverview = async (
  context: ServiceContext,
  requester: Requester,
): Promise<Omit<Overview, 'status'>> => {
  authorizeUser(requester.principal, 'overview.read');
  const db = context.db.searcher();
  const time = context.now();
  const now = toTimestamp(time);
  const until = toTimestamp(new Date(time.getTime() + EXPIRING_MS));
  const events = await listAudit(db, {}, EVENTS);
  return {
    users: await inTurn(countByApproval(db, 'user')),
    sites: await inTurn(countByApproval(db, 'client')),
    sites_without_kit: await inTurn(countSitesWithoutKit(db)),
    organizations: countStages(await inTurn(readStages(db, now))),
    expiring: await inTurn(countCertificates(db, { q: '', state: undefined, until, now })),
    expired: await inTurn(countExpired(db, now)),
    expiry_months: await countExpiryMonths(db, now),
    issued: await inTurn(countIssued(db)),
    events: events.map(auditView),
  };
};

/** A page of the organizations that bring sites, and how far each is. */
export const readProgress = async (
  context: ServiceContext,
  requester: Requester,
  { q = '', stage, offset = 0, limit = PAGE_ROWS }: z.infer<typeof ProgressQuery>,
): Promise<{ readonly organizations: OrganizationProgress[]; readonly total: number }> => {
  authorizeUser(requester.principal, 'overview.read');
  const all = await readStages(context.db.searcher(), toTimestamp(context.now()));
  const needle = q.toLowerCase();
  const found = all.filter(
    (organization) =>
      (organization.name.toLowerCase().includes(needle) ||
        organization.display_name.toLowerCase().includes(needle)) &&
      (stage === undefined || organization.stage === stage),
  );
  return { organizations: found.slice(offset, offset + limit), total: found.length };
};
