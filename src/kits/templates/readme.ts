import type { TargetRelease } from '../../domain/releases.ts';

/** What the texts for people say of a kit. */
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

const install = (release: TargetRelease): string =>
  `   python3 -m venv nvflare && . nvflare/bin/activate
   pip install "nvflare==${release}.*"`;

const signedFiles = (signed: readonly string[]): string =>
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
dashboard shows. Files in local/ are yours to change and not signed.
`;

const title = (facts: ReadmeFacts, what: string): string => {
  const line = `${what} ${facts.name} of project ${facts.project}, for NVIDIA FLARE ${facts.release}`;
  return `${line}\n${'='.repeat(line.length)}\n`;
};

const RUNNING = `Day by day
----------
   startup/start.sh             starts in the background; starts again what fails, five times in a row at most
   startup/start.sh --once      runs in the foreground, for systemd and the like
   startup/stop_fl.sh           ends everything that start.sh began, jobs too (the console's "shutdown" is kinder)
   startup/docker.sh -d         runs in a container instead
   log.txt, error_log.txt       what happened; console.log: what went wrong before that
   local/*.default, *.sample    settings of this place: copy to the name without the ending and edit the copy
   NVFL_WORKSPACE=/folder       keeps everything that is written out of the kit's folder; needed where the kit's path
                                has a blank, in which NVIDIA FLARE runs no jobs
`;

/** readme.txt of a server. */
export const serverReadme = (
  facts: ReadmeFacts,
  ports: readonly number[],
): string => `${title(facts, 'Server')}
Three steps
-----------
1. Install NVIDIA FLARE ${facts.release} on the machine whose name is ${facts.name}:
${install(facts.release)}
2. Let the other participants in: they connect to TCP port ${[...new Set(ports)].join(' and ')}, by the name above.
3. Start:
   startup/start.sh

${RUNNING}
${KEY_WARNING('server.key')}${signedFiles(facts.signed)}`;

/** readme.txt of a client (site). */
export const clientReadme = (facts: ReadmeFacts, target: string): string => `${title(facts, 'Site')}
Three steps
-----------
1. Install NVIDIA FLARE ${facts.release}, and what your jobs need (such as PyTorch), on this site's machine:
${install(facts.release)}
2. See that the machine reaches ${target}. Nothing has to be opened towards this machine.
3. Start:
   startup/start.sh

${RUNNING}
${KEY_WARNING('client.key')}${signedFiles(facts.signed)}`;

/** readme.txt of a console user. */
export const adminReadme = (facts: ReadmeFacts, target: string): string => `${title(facts, 'Console')}
Three steps
-----------
1. Install NVIDIA FLARE ${facts.release}:
${install(facts.release)}
2. See that this machine reaches ${target}.
3. Open the console and give ${facts.name} as user name:
   startup/fl_admin.sh

Jobs are looked for in transfer/, and results come there. In Python:
   from nvflare.fuel.flare_api.flare_api import new_secure_session
   session = new_secure_session("${facts.name}", "<folder of this kit>")
startup/system_info.ipynb does so in a notebook.

${KEY_WARNING('client.key')}${signedFiles(facts.signed)}`;

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
