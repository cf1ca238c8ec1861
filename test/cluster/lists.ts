import { listAccessTokens } from '../../src/backend/store/access-tokens.ts';
import { countAudit, listAudit } from '../../src/backend/store/audit.ts';
import { countRequests, listRequests } from '../../src/backend/store/certificate-requests.ts';
import {
  countCertificates,
  listCertificates,
  type CertificateSort,
} from '../../src/backend/store/certificates.ts';
import type { Reader } from '../../src/backend/store/database.ts';
import { listInvitations } from '../../src/backend/store/invitations.ts';
import {
  countOrganizations,
  countTakingPart,
  organizationNames,
} from '../../src/backend/store/organizations.ts';
import { dueOutbox, listOutbox, MAIL_CHANNEL } from '../../src/backend/store/outbox.ts';
import { countPendingIn } from '../../src/backend/store/pending-counts.ts';
import { pendingUsers } from '../../src/backend/store/pending-users.ts';
import {
  countClients,
  listClients,
  pendingClients,
  type ClientSort,
} from '../../src/backend/store/site-list.ts';
import { countUsers, listUsers, type UserSort } from '../../src/backend/store/users.ts';

/** A query of the store, by what somebody sees of it. */
export type NamedQuery = readonly [name: string, run: (db: Reader) => Promise<unknown>];

// Records, so that the compiler asks for every column that can be sorted by.
const USER_SORTS: Readonly<Record<UserSort, true>> = {
  id: true,
  name: true,
  email: true,
  organization: true,
  role: true,
  approval_state: true,
  download_count: true,
  created_at: true,
};
const SITE_SORTS: Readonly<Record<ClientSort, true>> = {
  id: true,
  name: true,
  organization: true,
  approval_state: true,
  download_count: true,
  created_at: true,
};
const CERTIFICATE_SORTS: Readonly<Record<CertificateSort, true>> = {
  id: true,
  kind: true,
  common_name: true,
  serial: true,
  not_before: true,
  not_after: true,
  requested_by: true,
  created_at: true,
};

const keysOf = <K extends string>(record: Readonly<Record<K, true>>): readonly K[] =>
  // The compiler knows no narrower type of an object's keys.
  Object.keys(record).filter((key): key is K => Object.hasOwn(record, key));

const NOW = '2027-01-01 00:00:00.000000';
const FIRST = { offset: 0, limit: 25 };
const LEDGER = { q: '', state: undefined, now: NOW };

const bothWays = <K extends string>(
  list: string,
  record: Readonly<Record<K, true>>,
  run: (db: Reader, sort: K, descending: boolean) => Promise<unknown>,
): readonly NamedQuery[] =>
  keysOf(record).flatMap((sort) =>
    [false, true].map((descending): NamedQuery => [
      `${list} by ${sort}${descending ? ', descending' : ''}`,
      (db) => run(db, sort, descending),
    ]),
  );

/** The first page of every list in every order, and what else a page of the dashboard reads. */
export const LISTS: readonly NamedQuery[] = [
  ...bothWays('users', USER_SORTS, (db, sort, descending) =>
    listUsers(db, {}, { ...FIRST, sort, descending }),
  ),
  ...bothWays('sites', SITE_SORTS, (db, sort, descending) =>
    listClients(db, { kind: 'all' }, {}, { ...FIRST, sort, descending }),
  ),
  ...bothWays('certificates', CERTIFICATE_SORTS, (db, sort, descending) =>
    listCertificates(db, { ...LEDGER, ...FIRST, sort, descending }),
  ),
  [
    'users of one organization',
    (db) => listUsers(db, { organization: 'org 7' }, { ...FIRST, sort: 'id', descending: false }),
  ],
  ['users of one role', (db) => listUsers(db, { role: 'lead' }, { ...FIRST, sort: 'id', descending: false })],
  ['users that wait', (db) => pendingUsers(db, FIRST)],
  ['sites that wait', (db) => pendingClients(db, FIRST)],
  [
    'sites of one owner',
    (db) => listClients(db, { kind: 'all' }, { owner: 7 }, { ...FIRST, sort: 'id', descending: false }),
  ],
  [
    'sites of one organization',
    (db) =>
      listClients(
        db,
        { kind: 'all' },
        { organization: 'org 7' },
        { ...FIRST, sort: 'id', descending: false },
      ),
  ],
  [
    'sites that an org admin sees',
    (db) =>
      listClients(
        db,
        { kind: 'organization', organization: 'org 7', approvedFrom: 100 },
        {},
        { ...FIRST, sort: 'id', descending: false },
      ),
  ],
  [
    'certificates of one holder',
    (db) =>
      listCertificates(db, {
        ...LEDGER,
        ...FIRST,
        holder: 'client',
        holderId: 7,
        sort: 'id',
        descending: true,
      }),
  ],
  [
    'certificates in force',
    (db) => listCertificates(db, { ...LEDGER, ...FIRST, state: 'in_force', sort: 'id', descending: true }),
  ],
  ['audit', (db) => listAudit(db, {}, 25)],
  ['audit of one actor', (db) => listAudit(db, { actor: 'user-7@example.org' }, 25)],
  ['audit of one action', (db) => listAudit(db, { action: 'user.import' }, 25)],
  ['audit of one target', (db) => listAudit(db, { target: 'client:site-7' }, 25)],
  ['audit before a row', (db) => listAudit(db, { before: 500 }, 25)],
  [
    'audit of a day',
    (db) =>
      listAudit(db, { since: new Date('2026-01-02T00:00:00Z'), until: new Date('2026-01-03T00:00:00Z') }, 25),
  ],
  ['requests', (db) => listRequests(db, { state: undefined, userId: undefined }, FIRST)],
  ['requests that wait', (db) => listRequests(db, { state: 'pending', userId: undefined }, FIRST)],
  ['requests of one user', (db) => listRequests(db, { state: undefined, userId: 7 }, FIRST)],
  ['invitations', (db) => listInvitations(db, FIRST)],
  ['messages', (db) => listOutbox(db, { channel: MAIL_CHANNEL }, FIRST)],
  ['failed messages', (db) => listOutbox(db, { channel: MAIL_CHANNEL, state: 'failed' }, FIRST)],
  ['messages that are due', (db) => dueOutbox(db, MAIL_CHANNEL, NOW, 25)],
  ['access tokens of one user', (db) => listAccessTokens(db, 7)],
  ['organizations', (db) => organizationNames(db, { q: '', ...FIRST })],
];

/** Queries that look at each organization once, and at few rows of its people and sites. */
export const PER_ORGANIZATION: readonly NamedQuery[] = [
  ['how many organizations take part', (db) => countTakingPart(db)],
  ['how many organizations are named', (db) => countOrganizations(db, '')],
];

/** Counts beside the lists: they grow with what is counted, and may read no row of it and no second table. */
export const COUNTS: readonly NamedQuery[] = [
  ['how many users', (db) => countUsers(db, {})],
  ['how many users of one organization', (db) => countUsers(db, { organization: 'org 7' })],
  ['how many users of one role', (db) => countUsers(db, { role: 'lead' })],
  ['how many approved users', (db) => countUsers(db, { approval: 'approved' })],
  ['how many sites', (db) => countClients(db, { kind: 'all' }, {})],
  ['how many sites of one owner', (db) => countClients(db, { kind: 'all' }, { owner: 7 })],
  ['how many approved sites', (db) => countClients(db, { kind: 'all' }, { approval: 'approved' })],
  ['how many users wait', (db) => countPendingIn(db, 'user')],
  ['how many sites wait', (db) => countPendingIn(db, 'client')],
  ['how many certificates', (db) => countCertificates(db, LEDGER)],
  ['how many certificates of one kind', (db) => countCertificates(db, { ...LEDGER, kind: 'client' })],
  ['how many requests wait', (db) => countRequests(db, { state: 'pending', userId: undefined })],
  ['how many audit rows', (db) => countAudit(db, {})],
  ['how many audit rows of one actor', (db) => countAudit(db, { actor: 'user-7@example.org' })],
];
