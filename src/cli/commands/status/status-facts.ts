import type { CertificateExpiry, WaitingCounts } from '../../../contract/maintenance.ts';
import { loggedWarning, warningCode } from '../../backend/logged-warning.ts';
import type { BackendCondition } from '../../backend/probe.ts';
import { askDeployment, askDeploymentTrouble } from '../../deployment/ask-deployment.ts';
import type { Deployment, DeploymentFacts } from '../../deployment/deployment.ts';
import type { BackupSchedule, LastBackup } from '../../../contract/backup-state.ts';
import { readBackupSchedule, readLastBackup } from '../../folder/last-backup.ts';
import { readProjectOverview } from '../../folder/project-overview.ts';
import { inspectWebCertificate } from '../../folder/web-certificate.ts';
import { packageVersion } from '../../package-version.ts';
import type { Runtime } from '../../runtime.ts';

const DAY_MS = 86_400_000;
const LOG_LINES = 500;
const MAX_WARNINGS = 5;
/** From here on the backend warns of the certificate. */
const EXPIRY_DAYS = 30;

/** The web certificate in the folder. */
export interface CertificateFacts {
  readonly subject: string;
  /** ISO 8601. */
  readonly notAfter: string;
  /** Whole days; negative once it has expired. */
  readonly daysLeft: number;
}

/** Describes what is known of a dashboard from its host. */
export interface StatusFacts extends Omit<DeploymentFacts, 'engine'> {
  readonly state: 'running' | 'not ready' | 'not answering' | 'exited';
  /** Of the API, where the backend says that it cannot work. */
  readonly code: string | undefined;
  readonly kind: Deployment['kind'];
  readonly folder: string | undefined;
  readonly port: number;
  readonly url: string | undefined;
  readonly mode: 'http' | 'https' | undefined;
  /** ISO 8601. */
  readonly startedAt: string | undefined;
  readonly uptimeSeconds: number | undefined;
  /** Why it does not respond. */
  readonly reason: string | undefined;
  /** Advice. */
  readonly advice: string | undefined;
  readonly condition: BackendCondition | undefined;
  readonly packageVersion: string;
  readonly certificate: CertificateFacts | undefined;
  readonly waiting: WaitingCounts | undefined;
  /** When the root CA and the certificates expire; undefined where that cannot be read here. */
  readonly expiry: CertificateExpiry | undefined;
  readonly lastBackup: LastBackup | undefined;
  readonly backupSchedule: BackupSchedule | undefined;
  /** Of the log, newest last, each once. */
  readonly loggedWarnings: readonly string[];
}

/** Returns undefined for what belongs to somebody else or is somewhere else; it hides nothing else. */
const known = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await work();
  } catch {
    return undefined;
  }
};

const certificateOf = async (folder: string, now: Date): Promise<CertificateFacts | undefined> => {
  const web = await inspectWebCertificate(folder, now);
  if (web.scheme === 'http') {
    return undefined;
  }
  const daysLeft = Math.floor((web.notAfter.getTime() - now.getTime()) / DAY_MS);
  return { subject: web.subject, notAfter: web.notAfter.toISOString(), daysLeft };
};

/** Gathers what can be known; what cannot is left out. */
export const statusFacts = async (deployment: Deployment, runtime: Runtime): Promise<StatusFacts> => {
  const now = runtime.now();
  const folder = deployment.here ? deployment.folder : undefined;
  const here = <T>(work: (path: string) => Promise<T>): Promise<T | undefined> =>
    folder === undefined ? Promise.resolve(undefined) : known(() => work(folder));
  const { phase, facts } = deployment;
  const exited = phase === 'exited';
  const [responding, certificate, overview, lastBackup, backupSchedule, lines, since] = await Promise.all([
    phase === 'up' ? askDeployment(deployment, runtime) : undefined,
    here((path) => certificateOf(path, now)),
    here((path) => readProjectOverview(path, runtime, runtime.uid)),
    here(readLastBackup),
    here(readBackupSchedule),
    known(() => deployment.lastLines(LOG_LINES)),
    deployment.startedAt(),
  ]);
  const over = new Set([
    ...(responding?.condition?.sealed === false ? ['sealed'] : []),
    ...(certificate !== undefined && certificate.daysLeft > EXPIRY_DAYS ? ['certificate_expires'] : []),
  ]);
  const current = (lines ?? []).filter((line) => !over.has(warningCode(line) ?? ''));
  const warnings = new Set(current.flatMap((line) => loggedWarning(line) ?? []));
  const startedAt = exited ? undefined : since;
  const quiet = exited ? undefined : deployment.silence();
  const trouble =
    phase !== 'up' || responding !== undefined ? undefined : await askDeploymentTrouble(deployment, runtime);
  const silent = trouble === undefined ? 'not answering' : 'not ready';
  return {
    state: exited ? 'exited' : responding === undefined ? silent : 'running',
    code: trouble?.code,
    kind: deployment.kind,
    name: facts.name,
    folder: deployment.folder,
    port: deployment.port,
    url: responding === undefined ? undefined : `${responding.origin}/`,
    mode: responding === undefined ? undefined : responding.origin.startsWith('https:') ? 'https' : 'http',
    pid: facts.pid,
    image: facts.image,
    container: facts.container,
    exitCode: facts.exitCode,
    restarts: facts.restarts,
    startedAt,
    uptimeSeconds:
      startedAt === undefined ? undefined : Math.floor((now.getTime() - Date.parse(startedAt)) / 1000),
    reason: responding === undefined ? (trouble?.message ?? quiet?.message) : undefined,
    advice: responding === undefined && trouble === undefined ? quiet?.advice : undefined,
    condition: responding?.condition,
    packageVersion: packageVersion(runtime.packageRoot),
    certificate,
    waiting: overview?.waiting,
    expiry: overview?.expiry,
    lastBackup,
    backupSchedule,
    loggedWarnings: [...warnings].slice(-MAX_WARNINGS),
  };
};
