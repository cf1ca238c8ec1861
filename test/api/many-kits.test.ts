import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OutdatedKitsResponse } from '../../src/contract/api/outdated-kits.ts';
import { ReissuePlannedResponse, ReissuePlanResponse } from '../../src/contract/api/reissue.ts';
import type { KitParticipant } from '../../src/contract/kit.ts';
import { issuedKitRow } from '../../src/backend/services/kits/issued-kits.ts';
import { siteParticipant } from '../../src/backend/services/kits/kit-participants.ts';
import { kitProject } from '../../src/backend/services/kits/kit-project.ts';
import type { Trx } from '../../src/backend/store/database.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import { findOrCreateId } from '../../src/backend/store/named-rows.ts';
import { insertCertificate } from '../../src/backend/store/certificates.ts';
import { readProject } from '../../src/backend/store/project.ts';
import { clientById, insertClient } from '../../src/backend/store/sites.ts';
import { startBackend, type Ask, type Backend } from './backend.ts';

const SITES = 1800;
/** Every third kit is as it would be now. */
const isCurrent = (index: number): boolean => index % 3 === 0;
/** Every hundredth site. */
const isOfClinic = (index: number): boolean => index % 100 === 0;
const STALE = JSON.stringify({ content: { certificate: {}, files: {} }, causes: {} });
const AT = '2026-01-01 00:00:00.000000';

const indexes = Array.from({ length: SITES }, (_, index) => index);
const nameOf = (index: number): string => `site-${index}`;
const outdatedNames = indexes.filter((index) => !isCurrent(index)).map(nameOf);

let backend: Backend;
let orgAdmin: Ask;

const siteNow = async (trx: Trx, id: number): Promise<KitParticipant> => {
  const site = await clientById(trx, id);
  if (site === undefined) {
    throw new Error(`site ${id} is missing`);
  }
  return siteParticipant(site);
};

const addSites = async (): Promise<void> => {
  const db = await openDatabase(backend.database);
  const context = { db, config: { webRoot: backend.folder } };
  await db.write(async (trx) => {
    const project = await kitProject(context, await readProject(trx), trx);
    const organizations = {
      clinic: await findOrCreateId(trx, 'organization', 'clinic', AT),
      hospital: await findOrCreateId(trx, 'organization', 'hospital', AT),
    };
    for (const index of indexes) {
      const organization = isOfClinic(index) ? 'clinic' : 'hospital';
      const name = nameOf(index);
      const id = await insertClient(trx, {
        ...{ name, description: '', organizationId: organizations[organization], creatorId: 1 },
        ...{ capacity: '{}', props: '', approvalState: 100, at: AT },
      });
      const serial = `serial-${index}`;
      await insertCertificate(trx, {
        ...{ kind: 'client', common_name: name, subject_alt_names: '[]', serial, sha256: '' },
        ...{ not_before: AT, not_after: '2099-01-01 00:00:00.000000', requested_by: '', created_at: AT },
        ...{ holder: `client:${id}@${AT}`, holder_id: id, organization, role: '', key_origin: 'dashboard' },
        ...{ public_key_sha256: '', root_sha256: '' },
      });
      const participant = await siteNow(trx, id);
      const row = issuedKitRow({ target: { kind: 'client', id }, serial, form: 'kit', project, participant });
      await trx
        .insertInto('issued_kit')
        .values(isCurrent(index) ? row : { ...row, content: STALE })
        .execute();
    }
  });
  await db.close();
};

const page = async (ask: Ask, query: string): Promise<OutdatedKitsResponse> => {
  const { status, json } = await ask('GET', `/kits/outdated${query}`);
  expect([status, json['message']]).toEqual([200, undefined]);
  return OutdatedKitsResponse.parse(json);
};

const namesOf = ({ kits }: OutdatedKitsResponse): readonly string[] => kits.map(({ name }) => name);

beforeAll(async () => {
  backend = await startBackend();
  orgAdmin = await backend.user('orgadmin@example.org', 'org_admin', 'clinic', 100);
  const project = { short_name: 'many', server1: 'fl.example.org', key_bits: 2048, frozen: true };
  expect((await backend.admin('PATCH', '/project', project)).status).toBe(200);
  await addSites();
}, 120_000);
afterAll(() => backend.close());

describe('kits in use, more than are read at once', () => {
  it('are listed page by page where they are outdated', async () => {
    const first = await page(backend.admin, '');
    expect(namesOf(first)).toEqual(outdatedNames.slice(0, 1000));
    const second = await page(backend.admin, `?after=${first.next}`);
    expect(namesOf(second)).toEqual(outdatedNames.slice(1000));
    expect(second.next).toBeUndefined();
  });

  it('are listed up to a limit, the last page without another one', async () => {
    const first = await page(backend.admin, '?limit=600');
    expect(namesOf(first)).toEqual(outdatedNames.slice(0, 600));
    const last = await page(backend.admin, `?limit=600&after=${first.next}`);
    expect(namesOf(last)).toEqual(outdatedNames.slice(600));
    expect(last.next).toBeUndefined();
    expect((await backend.admin('GET', '/kits/outdated?limit=0')).status).toBe(400);
  });

  it('are listed for an org admin as far as they concern the organization', async () => {
    const own = indexes.filter((index) => isOfClinic(index) && !isCurrent(index)).map(nameOf);
    const first = await page(orgAdmin, '?limit=5');
    expect(namesOf(first)).toEqual(own.slice(0, 5));
    expect(namesOf(await page(orgAdmin, `?after=${first.next}`))).toEqual(own.slice(5));
  });

  it('are found in the ledger by the next kit that is awaited', async () => {
    const { json } = await backend.admin('GET', '/kits?next_kit=awaited&limit=25&sort=-id');
    expect(json).toMatchObject({ total: outdatedNames.length });
    expect(json['kits']).toHaveLength(25);
  });

  it('are planned anew while others are served, and re-issued as planned', async () => {
    const change = { server_props: { fed_learn_port: 9443 } };
    let isPlanned = false;
    const planning = backend.admin('POST', '/reissue/plan', change).finally(() => {
      isPlanned = true;
    });
    let served = 0;
    const isPlanning = (): boolean => !isPlanned;
    while (isPlanning()) {
      served += (await backend.stranger('GET', '/health')).status === 200 ? 1 : 0;
    }
    expect(served).toBeGreaterThan(20);
    const { plan, outdated } = ReissuePlannedResponse.parse((await planning).json);
    expect(plan.kits.map(({ name }) => name)).toEqual(['fl.example.org', ...indexes.map(nameOf)]);
    expect(outdated.map(({ name }) => name)).toEqual(outdatedNames.slice(0, 1000));
    const applied = await backend.admin('POST', '/reissue', { ...change, version: plan.version });
    expect(applied.status).toBe(200);
    expect(ReissuePlanResponse.parse(applied.json).plan).toEqual(plan);
    const { json } = await backend.admin('GET', '/kits?next_kit=awaited&limit=1');
    expect(json).toMatchObject({ total: SITES });
  }, 60_000);
});
