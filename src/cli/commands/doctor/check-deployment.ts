import type { Engine } from '../../../engine/engine.ts';
import { ownImage } from '../../deployment/container/ensure-image.ts';
import { checkPortFree } from '../../deployment/process/free-port.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import { CliError } from '../../errors/cli-error.ts';
import type { Runtime } from '../../runtime.ts';
import { formatDuration } from '../../output/format-duration.ts';
import { statusFacts } from '../status/status-facts.ts';
import { fail, ok, warn, type Found } from './finding.ts';

const FIRST_UNPRIVILEGED = 1024;
/** Names of Node for those of the engines. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

export const checkEngine = ({ identity }: Engine): Found => {
  const { product, version, endpoint, source, rootless } = identity;
  return ok(`${product} ${version}${rootless ? ' (rootless)' : ''} at ${endpoint} (${source})`);
};

export const checkImage = async (engine: Engine, runtime: Runtime): Promise<Found> => {
  const reference = ownImage(runtime.packageRoot);
  const image = await engine.inspectImage(reference, runtime.signal);
  if (image === undefined) {
    return ok(`${reference} is built at the first start`);
  }
  const expected = ARCHITECTURES[process.arch];
  return engine.identity.local && expected !== undefined && image.architecture !== expected
    ? fail(
        `${reference} is for ${image.architecture}, this host is ${expected}.`,
        'Build it here: dashboard image build.',
      )
    : ok(`${reference} is there, for ${image.architecture}`);
};

/** Describes the running dashboard and its state. */
export const checkDashboard = async (
  deployment: Deployment | undefined,
  runtime: Runtime,
): Promise<Found | undefined> => {
  if (deployment === undefined) {
    return ok('none is running');
  }
  const facts = await statusFacts(deployment, runtime);
  const { condition, restarts = 0, loggedWarnings, uptimeSeconds = 0 } = facts;
  if (facts.state === 'exited') {
    return fail(
      `it has exited with code ${facts.exitCode ?? 0}.`,
      'See `dashboard logs`, then `dashboard restart`.',
    );
  }
  if (facts.state !== 'running') {
    return fail(facts.reason ?? 'it does not respond.', facts.advice ?? 'Run `dashboard restart`.');
  }
  if (condition?.sealed === true) {
    return warn('it runs sealed: kits wait for the passphrase.', 'Run `dashboard unseal`.');
  }
  if (condition !== undefined && condition.version !== facts.packageVersion) {
    return warn(
      `version ${condition.version} runs, and ${facts.packageVersion} is installed.`,
      'Run `dashboard upgrade`.',
    );
  }
  if (restarts > 0) {
    return warn(`the engine restarted it ${restarts} times.`, 'Look at `dashboard logs` for the reason.');
  }
  const [warning] = loggedWarnings.slice(-1);
  return warning === undefined
    ? ok(`responds, up for ${formatDuration(uptimeSeconds)}`)
    : warn(`its log warns: ${warning}`, 'See `dashboard logs`.');
};

/** Can the dashboard listen there, or does it already? */
export const checkPort = async (
  port: number,
  deployment: Deployment | undefined,
  engine: Engine | undefined,
): Promise<Found> => {
  if (deployment?.port === port) {
    return ok(`${port} is the dashboard's own`);
  }
  const rootful = engine?.identity.rootless === false;
  if (engine?.identity.rootless === true && port < FIRST_UNPRIVILEGED) {
    return warn(
      `a rootless engine may not publish ${port}, unless the host allows it.`,
      'Use --port 8443, or lower net.ipv4.ip_unprivileged_port_start.',
    );
  }
  try {
    await checkPortFree(port);
    return ok(`${port} is free`);
  } catch (error) {
    // The engine, which runs as root, may open what this user may not.
    if (rootful && error instanceof CliError && error.code === 'port_forbidden') {
      return ok(`${port} is for the engine to open`);
    }
    throw error;
  }
};
