import { lstat, open, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { maskedValue } from '../../deployment/masked.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { systemReason } from '../../../contract/system-reason.ts';
import type { CommandContext } from '../../handler.ts';
import { packageVersion } from '../../package-version.ts';
import { statusFacts } from '../status/status-facts.ts';
import type { Finding } from './finding.ts';
import { redact } from './redact.ts';

const LOG_LINES = 2000;

/** The findings of doctor, and the dashboard that they are about. */
interface Found {
  readonly findings: readonly Finding[];
  readonly deployment: Deployment | undefined;
}

/** Name, size and mode of the files in a folder, never their content. */
const listing = async (folder: string): Promise<readonly string[]> => {
  const names = await readdir(folder).catch(() => []);
  return Promise.all(
    names.sort().map(async (name) => {
      const { mode, size, uid, gid, mtime } = await lstat(join(folder, name));
      return `${(mode & 0o7777).toString(8).padStart(4, '0')} ${uid}:${gid} ${size} ${mtime.toISOString()} ${name}`;
    }),
  );
};

const environmentOf = ({ environment }: Deployment): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, maskedValue(name, value)]));

const contents = async (
  { findings, deployment }: Found,
  { runtime }: CommandContext,
): Promise<ReadonlyMap<string, string>> => {
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  const host = {
    version: packageVersion(runtime.packageRoot),
    node: process.versions.node,
    platform: `${runtime.platform} ${process.arch}`,
    at: runtime.now().toISOString(),
    engine: deployment?.facts.engine,
  };
  const common: readonly (readonly [string, string])[] = [
    ['host.json', json(host)],
    ['doctor.json', json(findings)],
  ];
  if (deployment === undefined) {
    return new Map(common);
  }
  const log = await deployment.lastLines(LOG_LINES).catch((error: unknown) => [systemReason(error)]);
  return new Map([
    ...common,
    ['status.json', json(await statusFacts(deployment, runtime))],
    ['environment.json', json(environmentOf(deployment))],
    ['dashboard.log', `${log.join('\n')}\n`],
    ...(deployment.folder === undefined
      ? []
      : [['folder.txt', `${(await listing(deployment.folder)).join('\n')}\n`] as const]),
  ]);
};

/**
 * Writes what support asks for into a gzipped tar archive (mode 0600), redacted.
 *
 * @returns its absolute path
 * @throws CliError `file_unusable` when it exists or cannot be written
 */
export const writeBundle = async (target: string, found: Found, context: CommandContext): Promise<string> => {
  const path = resolve(context.runtime.cwd, target);
  const files = await contents(found, context);
  let created = false;
  try {
    const file = await open(path, 'wx', 0o600);
    created = true;
    const archive = pack();
    for (const [name, text] of files) {
      archive.entry({ name, mode: 0o600 }, redact(text));
    }
    archive.finalize();
    await pipeline(archive, createGzip(), file.createWriteStream());
    return path;
  } catch (error) {
    if (created) {
      await rm(path, { force: true });
    }
    const advice = 'Name a new file in a folder that can be written.';
    throw CLI_ERRORS.fileUnusable({ path, reason: systemReason(error), advice }, { cause: error });
  }
};
