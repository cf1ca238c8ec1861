import {
  askCondition,
  askTrouble,
  isHealthy,
  type BackendCondition,
  type BackendTrouble,
} from '../backend/probe.ts';
import type { Trust } from '../backend/request.ts';
import { inspectWebCertificate } from '../folder/web-certificate.ts';
import type { Runtime } from '../runtime.ts';
import type { Deployment } from './deployment.ts';

/** Why the running dashboard cannot work; undefined when it can, or does not respond. */
export const askDeploymentTrouble = async (
  deployment: Deployment,
  runtime: Runtime,
): Promise<BackendTrouble | undefined> => {
  for (const scheme of ['https', 'http'] as const) {
    const trouble = await askTrouble(`${scheme}://${deployment.host}:${deployment.port}`, runtime.signal);
    if (trouble !== undefined) {
      return trouble;
    }
  }
  return undefined;
};

/** A dashboard that responds. */
export interface RespondingBackend {
  readonly origin: string;
  /** Undefined for another program's image. */
  readonly condition: BackendCondition | undefined;
  /** Server that may get a password; undefined: none, as others could read it or pose as the dashboard. */
  readonly trust: Trust | undefined;
}

/** Over HTTPS the certificate decides; plain HTTP is trusted on this host only, and not where HTTPS was set up. */
const trustOf = async (deployment: Deployment, { protocol }: URL, now: Date): Promise<Trust | undefined> => {
  const folder = deployment.here ? deployment.folder : undefined;
  const web =
    folder === undefined ? undefined : await inspectWebCertificate(folder, now).catch(() => undefined);
  if (protocol === 'https:') {
    return web?.scheme === 'https' ? { fingerprint: web.fingerprint } : 'chain';
  }
  return deployment.here && web?.scheme !== 'https' ? 'anybody' : undefined;
};

/** Asks over HTTPS and HTTP; undefined when neither responds. */
export const askDeployment = async (
  deployment: Deployment,
  runtime: Runtime,
): Promise<RespondingBackend | undefined> => {
  const { foreign } = deployment;
  for (const scheme of ['https', 'http'] as const) {
    const origin = `${scheme}://${deployment.host}:${deployment.port}`;
    const condition = foreign ? undefined : await askCondition(origin, runtime.signal);
    const responses = foreign ? await isHealthy(origin, true, runtime.signal) : condition !== undefined;
    if (!responses) {
      continue;
    }
    const trust = await trustOf(deployment, new URL(origin), runtime.now());
    return { origin, condition, trust };
  }
  return undefined;
};
