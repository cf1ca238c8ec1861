// A backend on a grown project: 100,000 users and sites, 1,000,000 rows in the ledger and in the audit log, SQLite.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { auditAfter, auditHash } from '../../src/backend/store/audit.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import { fillDatabase } from '../cluster/filled-database.ts';
import { ADMIN, startOurs } from './backends.mjs';
import { ask, connect, percentile } from './load.mjs';
import { must } from './measure.mjs';
import { memory } from './process-figures.mjs';
import { watchHealth } from './watch-health.mjs';

const PEOPLE_AND_SITES = 100_000;
/** The filled database has two certificates and two audit rows for each site. */
const COPIES = 4;
const TIMES = 5;
const CHAINED_TOGETHER = 5000;
const PATHS = [
  '/project',
  '/overview',
  '/users?limit=25',
  '/users?limit=25&offset=90000',
  '/users?limit=25&q=user-77',
  '/clients?limit=25&sort=-name',
  '/kits?limit=25',
  '/kits?limit=25&q=site-77777',
  '/audit?limit=25',
  '/audit?limit=25&q=site-77777',
  '/inbox?limit=25',
  '/organizations?limit=25',
];

/** Adds the rows of a table again under other numbers. */
const repeat = async (db, table) => {
  const { columns } = (await db.introspection.getTables()).find(({ name }) => name === table);
  const { rows } = await sql`select max(id) as last from ${sql.id(table)}`.execute(db);
  const names = columns.map(({ name }) => name);
  for (let copy = 1; copy <= COPIES; copy += 1) {
    const values = names.map((name) => {
      const changed = { id: sql`id + ${rows[0].last * copy}`, serial: sql`serial || ${`-${copy}`}` };
      return changed[name] ?? sql.id(name);
    });
    await sql`insert into ${sql.id(table)} (${sql.join(names.map((name) => sql.id(name)))})
      select ${sql.join(values)} from ${sql.id(table)} where id <= ${rows[0].last}`.execute(db);
  }
};

/** Numbers the rows of the audit log without gaps and chains them, as backends from before the key did. */
const chainAudit = (db) =>
  db.transaction().execute(async (trx) => {
    let [last, read, hash] = [0, 0, ''];
    for (;;) {
      const rows = await auditAfter(trx, read, CHAINED_TOGETHER);
      for (const { id: before, ...row } of rows) {
        const id = last + 1;
        hash = auditHash({ key: new Uint8Array(), after: Infinity }, hash, { ...row, id });
        await sql`update audit set id = ${id}, hash = ${hash} where id = ${before}`.execute(trx);
        [last, read] = [id, before];
      }
      if (rows.length < CHAINED_TOGETHER) {
        await sql`update audit_head set last_id = ${last}, hash = ${hash}`.execute(trx);
        return;
      }
    }
  });

const fill = async (file) => {
  const { reader: db, close } = await openDatabase({ engine: 'sqlite', file });
  await fillDatabase(db, 'sqlite', PEOPLE_AND_SITES);
  await repeat(db, 'certificate');
  await repeat(db, 'audit');
  await chainAudit(db);
  await close();
};

/** @returns a table of the response times, of how long others waited meanwhile, and of memory */
export const measureGrownBackend = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'grown-backend-'));
  await fill(join(folder, 'db.sqlite'));
  await (await startOurs({ folder })).stop();
  const backend = await startOurs({ folder });
  const pool = connect(backend.origin, 1);
  const login = { method: 'POST', path: `${backend.prefix}/login`, body: ADMIN };
  const { access_token: token } = await must(pool, login);
  const lines = [
    `Start: ${backend.start_ms.toFixed(0)} ms`,
    '',
    '| GET | median | longest wait of GET /health |',
    '| --- | --- | --- |',
  ];
  const watched = watchHealth(backend.origin);
  const began = performance.now();
  const { intact } = await must(pool, { path: `${backend.prefix}/audit?limit=25`, token });
  const firstCheck = performance.now() - began;
  if (!intact) {
    throw new Error('the audit log is not intact');
  }
  lines.push(
    `| /audit, first check of the chain | ${firstCheck.toFixed(0)} ms | ${watched.take().toFixed(1)} ms |`,
  );
  for (const path of PATHS) {
    const times = [];
    watched.take();
    for (let index = 0; index < TIMES; index += 1) {
      const { status, milliseconds } = await ask(pool, { path: `${backend.prefix}${path}`, token });
      if (status !== 200) {
        throw new Error(`GET ${path}: ${status}`);
      }
      times.push(milliseconds);
    }
    const median = percentile(
      times.sort((a, b) => a - b),
      0.5,
    );
    lines.push(`| ${path} | ${median.toFixed(1)} ms | ${watched.take().toFixed(1)} ms |`);
  }
  await watched.stop();
  await pool.destroy();
  const { now_mib, peak_mib } = memory(backend.pid);
  lines.push('', `Memory: ${now_mib.toFixed(0)} MiB, highest ${peak_mib.toFixed(0)} MiB`);
  await backend.stop();
  rmSync(folder, { recursive: true, force: true });
  return lines;
};
