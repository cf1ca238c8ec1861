import { APPROVED, SUPER_APPROVED } from '../../contract/approval.ts';
import { HOST } from '../../contract/audit-actors.ts';
import { hashPassword } from '../auth/password-hash.ts';
import { holderOf } from '../services/names/claimant.ts';
import { normalizeName } from '../services/names/normalize-name.ts';
import { writeAudit, type AuditKey } from '../store/audit.ts';
import type { Database, Trx } from '../store/database.ts';
import { insertIssuedNames, type NewIssuedName } from '../store/issued-names.ts';
import { findOrCreateId } from '../store/named-rows.ts';
import { updateProject } from '../store/project.ts';
import { insertClient } from '../store/sites.ts';
import { capacityText, propsText } from '../store/stored-json.ts';
import type { SavedRoot } from '../store/stored-root.ts';
import { toTimestamp } from '../store/timestamp.ts';
import { insertUser } from '../store/users.ts';
import { enterCertificates, type Holder } from './enter-certificates.ts';
import type { ImportedCertificate } from './imported-certificates.ts';
import type { ImportedSite, ImportedUser, ImportPlan } from './import-plan.ts';

/** Parts of a new project. */
export interface Import {
  readonly plan: ImportPlan;
  readonly root: SavedRoot | undefined;
  /** Issued under that root; of deployed kits. */
  readonly certificates: readonly ImportedCertificate[];
  /** Of the first project admin, who has to change it at the first log-in. */
  readonly password: string;
  readonly now: Date;
}

/** No password has this hash: nobody logs in before one is set. */
const NO_PASSWORD = '';

const setProject = (trx: Trx, { plan, root }: Import): Promise<void> =>
  updateProject(trx, {
    short_name: plan.shortName,
    title: plan.shortName,
    description: plan.description,
    app_location: plan.appLocation,
    server1: plan.server1,
    server2: plan.server2,
    overseer: plan.overseer,
    ha_mode: plan.overseer === '' ? 0 : 1,
    project_props: propsText(plan.projectProps),
    server_props: propsText(plan.serverProps),
    target_release: plan.release,
    target_release_origin: plan.releaseChosen ? 'chosen' : 'assumed',
    ...(plan.rootValidDays === undefined ? {} : { root_valid_days: plan.rootValidDays }),
    require_signed_jobs: plan.requireSignedJobs === undefined ? null : Number(plan.requireSignedJobs),
    studies: propsText(plan.studies),
    ...(root === undefined
      ? {}
      : {
          frozen: 1,
          root_cert: Buffer.from(root.certificatePem),
          root_key: Buffer.from(root.key),
        }),
  });

const addUser = async (
  trx: Trx,
  user: ImportedUser,
  first: { readonly hash: string } | undefined,
  at: string,
): Promise<number> =>
  insertUser(trx, {
    name: user.email,
    description: '',
    email: user.email,
    password_hash: first?.hash ?? NO_PASSWORD,
    role_id: await findOrCreateId(trx, 'role', user.role, at),
    organization_id: await findOrCreateId(trx, 'organization', user.organization, at),
    approval_state: first === undefined ? APPROVED : SUPER_APPROVED,
    props: Object.keys(user.props).length === 0 ? '' : propsText(user.props),
    must_change_password: 1,
    created_at: at,
    updated_at: at,
  });

const addSite = async (trx: Trx, site: ImportedSite, creatorId: number, at: string): Promise<number> =>
  insertClient(trx, {
    name: site.name,
    description: '',
    organizationId: await findOrCreateId(trx, 'organization', site.organization, at),
    creatorId,
    capacity: capacityText(site.capacity),
    props: Object.keys(site.props).length === 0 ? '' : propsText(site.props),
    approvalState: APPROVED,
    type: site.type,
    at,
  });

/** Kits with these names are deployed: nobody else may ever get a certificate with one. */
const reserved = ([name, { kind, holder, organization }]: readonly [string, Holder]): NewIssuedName => ({
  name,
  holder,
  organization,
  kind,
  serial: '',
});

const serverHolders = ({
  server1,
  server2,
  overseer,
}: ImportPlan): readonly (readonly [string, Holder])[] => {
  const held = { holder: 'server', holderId: 0, organization: '' };
  return [
    [server1, { kind: 'server' as const, ...held }] as const,
    [server2, { kind: 'server' as const, ...held }] as const,
    [overseer, { kind: 'overseer' as const, ...held }] as const,
  ].filter(([name]) => name !== '');
};

/** Returns the first project admin of a plan. */
export const firstAdminOf = ({ users }: ImportPlan): ImportedUser | undefined =>
  users.find(({ role }) => role === 'project_admin');

/** Fills a new database; all or nothing. */
export const writeImport = async (db: Database, key: AuditKey, content: Import): Promise<void> => {
  const { plan, root, now } = content;
  const hash = await hashPassword(content.password);
  const admin = firstAdminOf(plan);
  const at = toTimestamp(now);
  await db.write(async (trx) => {
    await setProject(trx, content);
    const holders = new Map(
      serverHolders(plan).map(([name, holder]): [string, Holder] => [normalizeName(name), holder]),
    );
    const creators = new Map<string, number>();
    // The first project admin comes first: the organization in server certificates is that admin's.
    for (const user of [...plan.users].sort(
      (one, other) => Number(other === admin) - Number(one === admin),
    )) {
      const id = await addUser(trx, user, user === admin ? { hash } : undefined, at);
      const holder = holderOf('user', { id, created_at: at });
      holders.set(normalizeName(user.email), { kind: 'admin', holder, holderId: id, organization: '' });
      if (user === admin) {
        creators.set('', id);
      }
      if (user.role === 'org_admin' && !creators.has(user.organization)) {
        creators.set(user.organization, id);
      }
    }
    for (const site of plan.sites) {
      const creator = creators.get(site.organization) ?? creators.get('') ?? 0;
      const id = await addSite(trx, site, creator, at);
      holders.set(normalizeName(site.name), {
        kind: 'client',
        holder: holderOf('client', { id, created_at: at }),
        holderId: id,
        organization: site.organization,
      });
    }
    if (root !== undefined) {
      await insertIssuedNames(trx, [...holders].map(reserved));
      await enterCertificates(trx, content.certificates, holders, at);
    }
    await writeAudit(trx, key, {
      actor: HOST,
      action: 'project.import',
      target: 'project',
      detail: {
        users: plan.users.length,
        sites: plan.sites.length,
        root: root !== undefined,
        certificates: content.certificates.length,
      },
      address: '',
      request_id: '',
      at: now,
    });
  });
};
