import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { backendEntry } from '../../backend/backend-entry.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { isNewer } from '../../newer-version.ts';
import { packageVersion } from '../../package-version.ts';
import type { Runtime } from '../../runtime.ts';
import { fail, ok, warn, type Found } from './finding.ts';

const MIN_NODE = [22, 13] as const;
const LOOKUP_MS = 4000;
const Package = z.object({ name: z.string() });
const Published = z.string().regex(/^\d+\.\d+\.\d+/);

const isOldNode = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1]);
};

/** Is the package complete, and does this Node run it? @throws CliError `not_built` */
export const checkPackage = (runtime: Runtime): Promise<Found> => {
  const entry = backendEntry(runtime.packageRoot);
  if (!existsSync(entry)) {
    throw CLI_ERRORS.notBuilt({ path: entry });
  }
  const node = process.versions.node;
  return Promise.resolve(
    isOldNode(node)
      ? fail(`Node ${node} is too old.`, `Use Node ${MIN_NODE.join('.')} or later.`)
      : ok(`version ${packageVersion(runtime.packageRoot)}, Node ${node}`),
  );
};

/** Is a newer version published? Without a network, or where npm cannot tell, nothing is said. */
export const checkNewer = async (runtime: Runtime): Promise<Found | undefined> => {
  const { packageRoot, signal } = runtime;
  const { name } = Package.parse(JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8')));
  const { execa } = await import('execa');
  const { stdout } = await execa('npm', ['view', name, 'version', '--fetch-retries=0'], {
    reject: false,
    timeout: LOOKUP_MS,
    cancelSignal: signal,
    cwd: runtime.home,
  });
  const published = Published.safeParse(stdout.trim()).data;
  const current = packageVersion(packageRoot);
  return published === undefined || !isNewer(published, current)
    ? undefined
    : warn(
        `${published} is published, this is ${current}.`,
        `npm install -g ${name}, then \`dashboard upgrade\`.`,
      );
};
