import { isAtLeast, type TargetRelease } from './releases.ts';
import { shellWord } from './shell-word.ts';

/** Runtimes for which `nvflare deploy prepare` makes a copy of a server's or site's kit. */
export const DEPLOY_RUNTIMES = ['docker', 'k8s', 'slurm'] as const;
export type DeployRuntime = (typeof DEPLOY_RUNTIMES)[number];

/** True where NVFLARE has `nvflare deploy prepare` with all three runtimes. */
export const hasDeployPrepare = (release: TargetRelease): boolean => isAtLeast(release, '2.9');

const DEFAULT_IMAGE = 'nvflare/nvflare';

/** Returns the image that an app location ends in, as "docker pull nvflare/nvflare:2.8" does. */
export const imageOf = (appLocation: string): string =>
  appLocation.trim().split(/\s+/).at(-1) || DEFAULT_IMAGE;

const settings = (image: string): Readonly<Record<DeployRuntime, string>> => ({
  docker: shellWord(`parent: {docker_image: ${JSON.stringify(image)}}`),
  k8s: shellWord(`parent: {docker_image: ${JSON.stringify(image)}}`),
  slurm: '"job_launcher: {sandbox: none, python_path: \'$(command -v python3)\'}"',
});

const NEXT: Readonly<Record<DeployRuntime, string>> = {
  docker: 'prepared/docker/startup/start_docker.sh',
  k8s: 'nvflare deploy k8s stage prepared/k8s',
  slurm: 'prepared/slurm/startup/start_slurm.sh',
};

/**
 * Returns the commands that prepare a kit for a runtime and start it, to be run in the kit's folder; for Kubernetes the
 * last one prints the helm command that starts it.
 */
export const deployCommands = (
  runtime: DeployRuntime,
  image: string,
): readonly [config: string, prepare: string, next: string] => [
  `printf '%s\\n' 'runtime: ${runtime}' ${settings(image)[runtime]} > ${runtime}.yaml`,
  `nvflare deploy prepare . --config ${runtime}.yaml`,
  NEXT[runtime],
];
