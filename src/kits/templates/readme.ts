import {
  DEPLOY_RUNTIMES,
  deployCommands,
  type DeployRuntime,
  hasDeployPrepare,
} from '../../contract/deploy-prepare.ts';
import { isPreview, type TargetRelease } from '../../contract/releases.ts';

/** Describes what a kit's readme says about it. */
export interface ReadmeFacts {
  readonly project: string;
  readonly name: string;
  readonly release: TargetRelease;
  /** Files named in startup/signature.json; empty where the kit has none. */
  readonly signed: readonly string[];
}

const KEY_WARNING = (key: string): string => `Keep it to yourself
------------------
startup/${key} is the private key of this participant: who has it can act in its name. Do not mail or copy it
around; if it got lost or seen, ask the project's admin for a new kit.
`;

/** Python versions supported by each release. */
const PYTHON: Readonly<Record<TargetRelease, string>> = {
  '2.10': '3.10 to 3.14',
  '2.9': '3.10 to 3.14',
  '2.8': '3.10 to 3.14',
  '2.7': '3.9 to 3.12',
  '2.6': '3.9 to 3.12',
  '2.5': '3.9 to 3.12',
  '2.4': '3.8 to 3.10',
};

const install = (release: TargetRelease): string =>
  `   python3 -m venv nvflare && . nvflare/bin/activate     (Python ${PYTHON[release]})
   pip install ${isPreview(release) ? '--pre ' : ''}"nvflare==${release}.*"`;

const signedFiles = ({ signed, release }: ReadmeFacts): string =>
  signed.length === 0
    ? ''
    : `
Signed files
------------
The dashboard signed these files of startup/ with the project's root key; the signatures are in
startup/signature.json:
${signed.map((file) => `   ${file}`).join('\n')}
A changed one keeps NVIDIA FLARE from starting ("not secure content") if it reads it. To check all of them:
   startup/verify.sh
It names changed, missing and added files, and prints the fingerprint of rootCA.pem: compare that with the one the
dashboard shows. Files in local/ are yours to change${release === '2.7' ? '; their signatures are not checked' : ' and not signed'}.
`;

const title = (facts: ReadmeFacts, what: string): string => {
  const line = `${what} ${facts.name} of project ${facts.project}, for NVIDIA FLARE ${facts.release}`;
  return `${line}\n${'='.repeat(line.length)}\n`;
};

const container = (name: string): string =>
  `   startup/docker.sh -d         runs in a container instead; "docker stop ${name}" ends it\n`;

/** @param details further lines of the list */
const running = (details: string): string => `Day by day
----------
   startup/start.sh             starts in the background; starts again what fails, five times in a row at most
   startup/start.sh --once      runs in the foreground, for systemd and the like
   startup/stop_fl.sh           ends everything that start.sh began, jobs too (the console's "shutdown" is kinder)
${details}   log.txt, error_log.txt       what happened; console.log: what went wrong before that
   local/*.default, *.sample    settings of this place: copy to the name without the ending and edit the copy
   NVFL_WORKSPACE=/folder       keeps everything that is written out of the kit's folder; needed where the kit's path
                                has a space, in which NVIDIA FLARE runs no jobs
`;

const RUNTIME_TITLE: Readonly<Record<DeployRuntime, string>> = {
  docker: 'Docker, jobs in containers of their own:',
  k8s: 'Kubernetes, where the last command prints the helm command that starts it:',
  slurm: 'Slurm, on a login host that stays up; prepared/ must lie on a disk that all nodes share:',
};

/** Empty for releases without the command. */
const deployment = ({ release }: ReadmeFacts, image: string): string =>
  hasDeployPrepare(release)
    ? `Docker, Kubernetes, Slurm
-------------------------
Instead of startup/start.sh, "nvflare deploy prepare" makes a copy of this kit for one of them, in prepared/. The
images of jobs and the data stand in local/study_runtime.yaml of that copy. In this folder, for
${DEPLOY_RUNTIMES.map((runtime) => [RUNTIME_TITLE[runtime], ...deployCommands(runtime, image).map((line) => `   ${line}`)].join('\n')).join('\n')}

`
    : '';

const STOPPED_SITE = (name: string, highAvailability: boolean): string =>
  `                                After it the server counts this site as connected for up to ten minutes; a console's
                                "remove_client ${name}" makes it forget
${
  highAvailability
    ? `                                When the second server has taken over: stop and start this site, or the new server
                                does not take it in
`
    : ''
}`;

/** readme.txt of a server; `image` is the project's. */
export const serverReadme = (
  facts: ReadmeFacts,
  ports: readonly number[],
  image: string,
): string => `${title(facts, 'Server')}
Three steps
-----------
1. Install NVIDIA FLARE ${facts.release} on the machine whose name is ${facts.name}:
${install(facts.release)}
2. Let the other participants in: they connect to TCP port ${[...new Set(ports)].join(' and ')}, by the name above.
3. Start:
   startup/start.sh

${running(container('flserver'))}
${deployment(facts, image)}${KEY_WARNING('server.key')}${signedFiles(facts)}`;

/** readme.txt of a site; `targets` are the addresses it connects to, several in HA mode. `image` is the project's. */
export const clientReadme = (
  facts: ReadmeFacts,
  targets: readonly string[],
  image: string,
): string => `${title(facts, 'Site')}
Three steps
-----------
1. Install NVIDIA FLARE ${facts.release}, and what your jobs need (such as PyTorch), on this site's machine:
${install(facts.release)}
2. See that the machine reaches ${targets.join(', ')}. Nothing has to be opened towards this machine.
3. Start:
   startup/start.sh

${running(`${STOPPED_SITE(facts.name, targets.length > 1)}${container(facts.name)}`)}
${deployment(facts, image)}${KEY_WARNING('client.key')}${signedFiles(facts)}`;

/** readme.txt of a relay; `targets` as for a site, `port` is where sites reach it. */
export const relayReadme = (
  facts: ReadmeFacts,
  targets: readonly string[],
  port: number,
): string => `${title(facts, 'Relay')}
Three steps
-----------
1. Install NVIDIA FLARE ${facts.release} on the relay's machine:
${install(facts.release)}
2. See that the machine reaches ${targets.join(', ')}, and let the sites below it in: they connect to TCP port ${port}.
3. Start after the server and before the sites:
   startup/start.sh

${running('')}
${KEY_WARNING('client.key')}${signedFiles(facts)}`;

/** readme.txt of a console user; `targets` as for a site. */
export const adminReadme = (
  facts: ReadmeFacts,
  targets: readonly string[],
): string => `${title(facts, 'Console')}
Three steps
-----------
1. Install NVIDIA FLARE ${facts.release}:
${install(facts.release)}
2. See that this machine reaches ${targets.join(', ')}.
3. Open the console and give ${facts.name} as user name:
   startup/fl_admin.sh

Jobs are looked for in transfer/, and results come there. In Python:
   from nvflare.fuel.flare_api.flare_api import new_secure_session
   session = new_secure_session("${facts.name}", "<folder of this kit>")
startup/system_info.ipynb does so in a notebook.

${KEY_WARNING('client.key')}${signedFiles(facts)}`;

/** readme.txt of the overseer. */
export const overseerReadme = (facts: ReadmeFacts, port: number): string => `${title(facts, 'Overseer')}
Three steps
-----------
1. Install NVIDIA FLARE ${facts.release} and its web server on the machine whose name is ${facts.name}:
${install(facts.release)}
   pip install gunicorn Flask
2. Let servers, sites and consoles in: they connect to TCP port ${port}, by the name above.
3. Start before the servers; it runs in the foreground until Ctrl-C:
   startup/start.sh

${KEY_WARNING('overseer.key')}`;
