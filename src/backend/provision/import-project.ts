import { existsSync } from 'node:fs';
import { link, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ImportRequest, ImportSummary } from '../../contract/import.ts';
import { StartError } from '../context/start-error.ts';
import { keyAudit } from '../start/audit-key.ts';
import { requireOwnDatabase } from '../start/database-marker.ts';
import { openDatabase } from '../store/open.ts';
import { setAsideOrphanedLogs } from '../store/sqlite/orphaned-log.ts';
import { importRoot } from './import-root.ts';
import { readImportedCertificates } from './imported-certificates.ts';
import { planImport } from './plan-import.ts';
import { firstAdminOf, writeImport, type Import } from './write-import.ts';

const Coded = z.object({ code: z.string() });

const alreadyThere = (file: string): StartError =>
  new StartError(
    'failed',
    `${file} exists, and an import never changes a project.`,
    'Choose an empty folder with --folder, or set the project aside with `dashboard reset`.',
  );

/** Puts a finished file in its place, never over another one. @throws StartError */
const publish = async (from: string, to: string): Promise<void> => {
  try {
    await link(from, to);
  } catch (error) {
    if (existsSync(to)) {
      throw alreadyThere(to);
    }
    // Some shared folders know no links.
    if (!/^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EMLINK)$/.test(Coded.safeParse(error).data?.code ?? '')) {
      throw error;
    }
    await rename(from, to);
  }
};

/** Writes into a file of its own first, so that a failed import leaves nothing. */
const createDatabase = async (folder: string, file: string, content: Import): Promise<void> => {
  const work = await mkdtemp(join(folder, '.import-'));
  try {
    const made = join(work, 'db.sqlite');
    const db = await openDatabase({ engine: 'sqlite', file: made });
    try {
      const key = await keyAudit(db, { webRoot: folder, secretKey: undefined }, content.now);
      await writeImport(db, key, content);
    } finally {
      await db.close();
    }
    setAsideOrphanedLogs(file);
    await publish(made, file);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

/**
 * Takes a project of `nvflare provision` into a new database, or only says what would be taken.
 *
 * @throws StartError when the file, the root CA or the folder cannot be used; then nothing is changed
 */
export const importProject = async (request: ImportRequest, now: Date): Promise<ImportSummary> => {
  const file = join(request.webRoot, 'db.sqlite');
  const { plan, notTaken } = planImport(request.project, request.release);
  const root =
    request.root === undefined ? undefined : await importRoot(request.root, request.passphrase, now);
  const issued =
    request.root === undefined || root === undefined
      ? { certificates: [], notTaken: [] }
      : readImportedCertificates(request.root.issued, root.stored.certificatePem);
  if (existsSync(file)) {
    throw alreadyThere(file);
  }
  await requireOwnDatabase(request.webRoot, { engine: 'sqlite', file });
  if (!request.dryRun) {
    const { password } = request;
    await createDatabase(request.webRoot, file, {
      plan,
      root: root?.stored,
      certificates: issued.certificates,
      password,
      now,
    });
  }
  return {
    project: plan.shortName,
    release: plan.release,
    servers: [plan.server1, plan.server2].filter((name) => name !== ''),
    sites: plan.sites.map(({ name }) => name),
    users: plan.users.map(({ email }) => email),
    admin: firstAdminOf(plan)?.email ?? '',
    rootNotAfter: root?.notAfter.toISOString(),
    certificates: issued.certificates.length,
    notTaken: [...notTaken, ...issued.notTaken],
  };
};
