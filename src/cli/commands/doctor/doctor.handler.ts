import { z } from 'zod';
import type { Engine } from '../../../engine/engine.ts';
import { findEngine } from '../../deployment/container/find-engine.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import { findDeployment } from '../../deployment/find-deployment.ts';
import { EXIT } from '../../exit-codes.ts';
import type { CommandContext, Handler } from '../../handler.ts';
import { readDashboardFile } from '../../settings/read-dashboard-file.ts';
import { parseFlags } from '../../settings/parse-flags.ts';
import { readTargetSettings, type TargetSettings } from '../../settings/start-settings.ts';
import { checkEngine, checkImage, checkPort, checkDashboard } from './check-deployment.ts';
import { checkNewer, checkPackage } from './check-package.ts';
import * as project from './check-project.ts';
import { checkServices } from './check-services.ts';
import { look, ok, type Finding } from './finding.ts';

const RawDoctor = z.object({ port: z.number().optional(), bundle: z.string().min(1).optional() });
const DEFAULT_PORT = 443;

/** Returns what runs, or else nothing: without an engine there is no container. */
const deploymentOrNone = (
  settings: TargetSettings,
  { runtime }: CommandContext,
): Promise<Deployment | undefined> => findDeployment(settings, runtime).catch(() => undefined);

/** Runs every check by itself, so that one failure hides no other. */
const examine = async (
  settings: TargetSettings,
  port: number | undefined,
  context: CommandContext,
): Promise<{ readonly findings: readonly Finding[]; readonly deployment: Deployment | undefined }> => {
  const { runtime } = context;
  const deployment = await deploymentOrNone(settings, context);
  const local =
    settings.local || deployment?.kind === 'process' || (settings.engineOptional && deployment === undefined);
  const folder = settings.folderGiven ? settings.folder : (deployment?.folder ?? settings.folder);
  const checks = { folder, runtime, runsAs: local ? runtime.uid : undefined };
  let configured: number | undefined;
  const settingsFile = await look('settings', async () => {
    const file = await readDashboardFile(folder, runtime.environment);
    configured = file?.settings.port;
    return file === undefined ? undefined : ok(`${file.path} is in order`);
  });
  let engine: Engine | undefined;
  const findEngineOnce = look('engine', async () => {
    engine = await findEngine(runtime);
    return checkEngine(engine);
  });
  const findings = [
    ...(await look('package', () => checkPackage(runtime))),
    ...(await look('update', () => checkNewer(runtime))),
    ...(await look('folder', () => project.checkFolder(checks))),
    ...settingsFile,
    ...(await look('files', () => project.checkFiles(checks))),
    ...(await look('permissions', () => project.checkPermissions(checks))),
    ...(await look('root key', () => project.checkRootKey(checks))),
    ...(await look('database', () => project.checkDatabase(checks))),
    ...(await look('disk', () => project.checkDisk(checks))),
    ...(await look('certificate', () => project.checkCertificate(checks))),
    ...(await look('participants', () => project.checkExpiry(checks))),
    ...(await look('backup', () => project.checkBackup(checks))),
    ...(local ? [] : await findEngineOnce),
    ...(await look('image', () =>
      engine === undefined ? Promise.resolve(undefined) : checkImage(engine, runtime),
    )),
    ...(await look('dashboard', () => checkDashboard(deployment, runtime))),
    ...(await checkServices(checks, deployment, local)),
    ...(await look('port', () =>
      checkPort(port ?? deployment?.port ?? configured ?? DEFAULT_PORT, deployment, engine),
    )),
  ];
  return { findings, deployment };
};

const line = ({ check, level, text, fix }: Finding): string =>
  `${level.padEnd(4)} ${check}: ${text}${fix === undefined ? '' : `\n       ${fix}`}`;

/** `dashboard doctor`: looks at everything a start needs and at what runs, and changes nothing. */
export const doctor: Handler = async (flags, _words, context) => {
  const settings = await readTargetSettings(flags, context.runtime);
  const raw = parseFlags(RawDoctor, flags);
  const { port } = raw;
  const { findings: all, deployment } = await examine(settings, port, context);
  // What several checks stumble over is said once.
  const findings = all.filter(
    ({ level, text }, index) => level !== 'fail' || all.findIndex((other) => other.text === text) === index,
  );
  const shown = findings.map((finding) => ({ ...finding, ok: finding.level !== 'fail' }));
  const failed = findings.some(({ level }) => level === 'fail');
  const lines = findings.map(line);
  const exitCode = failed ? { exitCode: EXIT.failed } : {};
  if (raw.bundle === undefined) {
    return { data: { findings: shown }, lines, ...exitCode };
  }
  const { writeBundle } = await import('./bundle.ts');
  const file = await writeBundle(raw.bundle, { findings, deployment }, context);
  return {
    data: { findings: shown, bundle: file },
    lines: [...lines, '', `Wrote ${file}: look through it before you pass it on.`],
    ...exitCode,
  };
};
