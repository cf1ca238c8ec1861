// A frozen project with 100,000 kits in use, SQLite: which of them are outdated, and what a re-issue would change.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { issuedKitRow } from '../../src/backend/services/kits/issued-kits.ts';
import { siteParticipant } from '../../src/backend/services/kits/kit-participants.ts';
import { kitProject } from '../../src/backend/services/kits/kit-project.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import { readProject } from '../../src/backend/store/project.ts';
import { clientById } from '../../src/backend/store/sites.ts';
import { fillDatabase } from '../cluster/filled-database.ts';
import { ADMIN, startOurs } from './backends.mjs';
import { connect, percentile } from './load.mjs';
import { must } from './measure.mjs';
import { memory } from './process-figures.mjs';
import { watchHealth } from './watch-health.mjs';

const KITS = 100_000;
const TIMES = 3;

/** Gives each site the newer of its two certificates, and every certificate in force its kit. */
const addKits = async (folder) => {
  const { reader: db, close } = await openDatabase({ engine: 'sqlite', file: join(folder, 'db.sqlite') });
  await sql`update client set approval_state = 100`.execute(db);
  await sql`update certificate set
    holder = 'client:' || holder_id || '@' || (select created_at from client where client.id = holder_id),
    superseded_by = case when id % 2 = 0 then 'next' else '' end where kind = 'client' and holder_id <= ${KITS}`.execute(
    db,
  );
  const project = await kitProject(
    { db: { reader: db }, config: { webRoot: folder } },
    await readProject(db),
  );
  const rows = await sql`select serial, holder_id from certificate
    where kind = 'client' and superseded_by = '' and holder_id <= ${KITS}`.execute(db);
  await db.transaction().execute(async (trx) => {
    for (const { serial, holder_id: id } of rows.rows) {
      const participant = siteParticipant(await clientById(trx, id));
      const target = { kind: 'client', id };
      await trx
        .insertInto('issued_kit')
        .values(issuedKitRow({ target, serial, form: 'kit', project, participant }))
        .execute();
    }
  });
  await close();
  return rows.rows.length;
};

const grownFolder = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'grown-kits-'));
  const { reader, close } = await openDatabase({ engine: 'sqlite', file: join(folder, 'db.sqlite') });
  await fillDatabase(reader, 'sqlite', KITS);
  // Rows that no chain holds together.
  await sql`delete from audit`.execute(reader);
  await close();
  const backend = await startOurs({ folder });
  const pool = connect(backend.origin, 1);
  const { access_token: token } = await must(pool, loginTo(backend));
  const body = { short_name: 'bench', server1: 'server.example.org', key_bits: 2048, frozen: true };
  await must(pool, { method: 'PATCH', path: `${backend.prefix}/project`, token, body });
  await pool.destroy();
  await backend.stop();
  const kits = await addKits(folder);
  return { folder, kits };
};

const loginTo = ({ prefix }) => ({ method: 'POST', path: `${prefix}/login`, body: ADMIN });

/** Every page of the list, where it has pages. */
const outdated = async (pool, { prefix, token }) => {
  let kits = 0;
  let bytes = 0;
  for (let after = ''; after !== undefined;) {
    const path = `${prefix}/kits/outdated${after === '' ? '' : `?after=${after}`}`;
    const response = await must(pool, { path, token });
    kits += response.kits.length;
    bytes += JSON.stringify(response).length;
    after = response.next;
  }
  return { kits, bytes };
};

/** @returns a table of the times, of how long others waited meanwhile, and of memory */
export const measureGrownKits = async () => {
  const { folder, kits } = await grownFolder();
  const lines = [
    `${kits} kits in use`,
    '',
    '| | median | kits named | longest wait of GET /health | highest memory |',
    '| --- | --- | --- | --- | --- |',
  ];
  const measured = async (name, run) => {
    const backend = await startOurs({ folder });
    const pool = connect(backend.origin, 1);
    const { access_token: token } = await must(pool, loginTo(backend));
    const watched = watchHealth(backend.origin);
    const times = [];
    let found;
    for (let index = 0; index < TIMES; index += 1) {
      const began = performance.now();
      found = await run(pool, { prefix: backend.prefix, token });
      times.push(performance.now() - began);
    }
    const longest = watched.take();
    await watched.stop();
    await pool.destroy();
    const { peak_mib } = memory(backend.pid);
    const median = percentile(
      times.sort((a, b) => a - b),
      0.5,
    );
    lines.push(
      `| ${name} | ${(median / 1000).toFixed(1)} s | ${found.kits} | ${longest.toFixed(0)} ms | ${peak_mib.toFixed(0)} MiB |`,
    );
    process.stderr.write(`${lines.at(-1)}\n`);
    await backend.stop();
  };
  const post =
    (path, body) =>
    async (pool, { prefix, token }) => {
      const { plan } = await must(pool, { method: 'POST', path: `${prefix}${path}`, token, body });
      return { kits: plan.kits.length };
    };
  await measured('outdated kits, none', outdated);
  await measured('first page of the ledger', async (pool, { prefix, token }) => ({
    kits: (await must(pool, { path: `${prefix}/kits?limit=25`, token })).kits.length,
  }));
  await measured('plan of a re-issue', post('/reissue/plan', { server_props: { fed_learn_port: 9443 } }));
  await measured('all kits outdated by a setting', async (pool, { prefix, token }) => {
    await must(pool, {
      method: 'PATCH',
      path: `${prefix}/project`,
      token,
      body: { require_signed_jobs: true },
    });
    return outdated(pool, { prefix, token });
  });
  rmSync(folder, { recursive: true, force: true });
  return lines;
};
