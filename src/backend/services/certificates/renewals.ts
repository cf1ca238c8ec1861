import type { z } from 'zod';
import type { Renewal, RenewalsQuery } from '../../../contract/api/renewals.ts';
import type { RequestHolder } from '../../../contract/api/requests.ts';
import { authorizeUser, isAllowed } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import { listCertificates } from '../../store/certificates.ts';
import { readProject } from '../../store/project.ts';
import type { CertificateRow, ProjectRow } from '../../store/schema.ts';
import { fromTimestamp, toHttpDate, toTimestamp } from '../../store/timestamp.ts';
import { relationOf } from './holder-relation.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const HOLDERS: Readonly<Record<string, 'client' | 'user' | 'server'>> = {
  client: 'client',
  admin: 'user',
  server: 'server',
};

/** A listener's certificate comes with its site's, and the overseer's with no request: they have no line here. */
const holderOf = (row: CertificateRow, project: ProjectRow): RequestHolder | undefined => {
  const kind = HOLDERS[row.kind];
  if (kind === undefined) {
    return undefined;
  }
  return { kind, id: kind === 'server' ? (row.common_name === project.server2 ? 2 : 1) : row.holder_id };
};

/**
 * Lists what expires within so many days: everything for the project admin, that of their organization for
 * org admins, one's own for others.
 */
export const findRenewals = async (
  context: ServiceContext,
  requester: Requester,
  { within }: z.infer<typeof RenewalsQuery>,
): Promise<Renewal[]> => {
  const principal = authorizeUser(requester.principal, 'renewals.read', 'own');
  const all = isAllowed(principal, 'renewals.read', 'foreign');
  const db = context.db.reader;
  const now = context.now();
  const until = toTimestamp(new Date(now.getTime() + Number(within) * DAY_MS));
  const project = await readProject(db);
  const order = { sort: 'not_after', descending: false, offset: 0, limit: undefined } as const;
  const filter = { q: '', state: 'in_force', until, now: toTimestamp(now) } as const;
  const renewals: Renewal[] = [];
  for (const row of await listCertificates(db, { ...filter, ...order })) {
    const holder = holderOf(row, project);
    if (holder === undefined) {
      continue;
    }
    const relation = await relationOf(db, principal, holder);
    if (all || relation !== 'foreign') {
      renewals.push({
        serial: row.serial,
        name: row.common_name,
        organization: row.organization,
        holder,
        not_after: toHttpDate(row.not_after),
        days_left: Math.floor((fromTimestamp(row.not_after).getTime() - now.getTime()) / DAY_MS),
        way: row.key_origin === 'site' ? 'same_key' : 'new_kit',
        renewable: all || relation === 'own',
      });
    }
  }
  return renewals;
};
