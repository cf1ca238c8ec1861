import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { findEngine } from '../../deployment/container/find-engine.ts';
import { ownImage } from '../../deployment/container/ensure-image.ts';
import { CliError } from '../../errors/cli-error.ts';
import { engineErrorText } from '../../errors/engine-faults.ts';
import { FAULTS } from '../../errors/faults.ts';
import { EXIT } from '../../exit-codes.ts';
import { inspectFolder } from '../../folder/inspect-folder.ts';
import { inspectWebCertificate } from '../../folder/web-certificate.ts';
import type { Handler } from '../../handler.ts';
import { checkPortFree } from '../../deployment/process/free-port.ts';
import { packageVersion } from '../../package-version.ts';
import type { Runtime } from '../../runtime.ts';
import { readPort, readTargetSettings } from '../../settings/start-settings.ts';
import { parseFlags } from '../../settings/parse-flags.ts';

const RawDoctor = z.object({ port: z.string().optional() });
const DEFAULT_PORT = '443';

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly text: string;
}

/** Runs one check; what it throws is the finding. */
const look = async (check: string, work: () => Promise<string>): Promise<Finding> => {
  try {
    return { check, ok: true, text: await work() };
  } catch (thrown) {
    const error = thrown instanceof CliError ? thrown : engineErrorText(thrown);
    const text = error === undefined ? String(thrown) : `${error.message} ${error.advice}`;
    return { check, ok: false, text };
  }
};

const backend = (runtime: Runtime): Promise<string> => {
  const entry = join(runtime.packageRoot, 'dist', 'backend', 'entry', 'main.js');
  if (!existsSync(entry)) throw FAULTS.notBuilt({ path: entry });
  return Promise.resolve(`version ${packageVersion(runtime.packageRoot)}, Node ${process.versions.node}`);
};

const engine = async (runtime: Runtime): Promise<string> => {
  const found = await findEngine(runtime);
  const { product, version, endpoint, source, rootless } = found.identity;
  const reference = ownImage(runtime.packageRoot);
  const image = await found.inspectImage(reference, runtime.signal);
  const there = image === undefined ? `${reference} is built at the first start` : `${reference} is there`;
  return `${product} ${version}${rootless ? ' (rootless)' : ''} at ${endpoint} (${source}); ${there}`;
};

/** `dashboard doctor`: each check by itself, so that one failure hides no other. */
export const doctor: Handler = async (flags, _words, { runtime }) => {
  const { folder } = readTargetSettings(flags, runtime);
  const port = readPort(parseFlags(RawDoctor, flags).port ?? DEFAULT_PORT);
  const findings = [
    await look('package', () => backend(runtime)),
    await look('folder', async () => {
      const { hasDatabase } = await inspectFolder(folder, undefined);
      return `${folder} ${hasDatabase ? 'holds a project' : 'is ready for a first start'}`;
    }),
    await look('certificate', async () => {
      const web = await inspectWebCertificate(folder, runtime.now());
      return [web.scheme === 'http' ? 'none: HTTP' : `HTTPS as ${web.subject}`, ...web.warnings].join('; ');
    }),
    await look('engine', () => engine(runtime)),
    await look('port', async () => {
      await checkPortFree(port);
      return `${port} is free`;
    }),
  ];
  return {
    data: { findings },
    lines: findings.map(({ check, ok, text }) => `${ok ? 'ok  ' : 'FAIL'} ${check}: ${text}`),
    ...(findings.every(({ ok }) => ok) ? {} : { exitCode: EXIT.failed }),
  };
};
