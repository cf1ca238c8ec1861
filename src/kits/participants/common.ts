import type { TargetRelease } from '../../contract/releases.ts';
import { isAtLeast } from '../../contract/releases.ts';
import type { LeafRequest } from '../../contract/certificate.ts';
import type { KitFile } from '../kit-file.ts';
import { authorization } from '../local/authorization.ts';
import { logConfig } from '../local/log-config.ts';
import { PRIVACY_SAMPLE } from '../local/privacy-sample.ts';
import { subjectAltNames } from '../subject-alt-names.ts';
import { PROCESSES_SH } from '../templates/processes-sh.ts';
import { START_SH } from '../templates/start-sh.ts';
import { STOP_FL_SH } from '../templates/stop-fl-sh.ts';
import { VERIFY_SH } from '../templates/verify-sh.ts';

export const text = (path: string, content: KitFile['content']): KitFile => ({ path, mode: 0o644, content });

export const script = (name: string, content: string): KitFile => ({
  path: `startup/${name}`,
  mode: 0o755,
  content,
});

/** Root certificate, own certificate and own key, named as the participant's configuration expects them. */
export const credentialFiles = (name: string): readonly KitFile[] => [
  text('startup/rootCA.pem', ({ root }) => root),
  text(`startup/${name}.crt`, ({ own }) => own.certificatePem),
  { path: `startup/${name}.key`, mode: 0o600, content: ({ own }) => own.privateKeyPem },
];

/** Certificate and key of a participant's own listener, a server's in shape. */
export const listenerFiles: readonly KitFile[] = [
  text('startup/server.crt', ({ listener }) => listener?.certificatePem ?? ''),
  { path: 'startup/server.key', mode: 0o600, content: ({ listener }) => listener?.privateKeyPem ?? '' },
];

/** @param hosts by which others, or the participant's own jobs, reach the listener */
export const listenerRequest = (
  { name, organization }: { readonly name: string; readonly organization: string },
  hosts: readonly string[],
): LeafRequest => ({
  kind: 'listener',
  commonName: name,
  organization,
  subjectAltNames: subjectAltNames(hosts),
});

/** An additional CA that the transport trusts, where the properties name one. */
export const customRoot = (pem: string | undefined): readonly KitFile[] =>
  pem === undefined ? [] : [text('startup/customRootCA.pem', pem)];

/** Scripts shared by the kits of servers and sites. */
export const RUN_SCRIPTS: readonly KitFile[] = [
  script('start.sh', START_SH),
  script('stop_fl.sh', STOP_FL_SH),
  script('verify.sh', VERIFY_SH),
  text('startup/processes.sh', PROCESSES_SH),
];

/** Settings in local/ shared by servers and sites. */
export const siteSettings = (release: TargetRelease): readonly KitFile[] => {
  const logging = logConfig(release);
  return [
    text(logging.path, logging.content),
    text('local/authorization.json.default', authorization(release)),
    text('local/privacy.json.sample', PRIVACY_SAMPLE),
  ];
};

/** Folders that get a signature.json: startup/, and in 2.7 local/ too (docs/startup-kit-format.md#signatures). */
export const signedFolders = (release: TargetRelease): readonly string[] =>
  release === '2.7' ? ['startup', 'local'] : ['startup'];

/** The zip contains transfer/ from 2.6 on; the scripts create it where it is missing. */
export const workFolders = (release: TargetRelease): readonly string[] =>
  isAtLeast(release, '2.6') ? ['transfer'] : [];

/** Returns the base names of a kit's files in startup/, as its readme lists them. */
export const startupNames = (files: readonly KitFile[]): readonly string[] =>
  files
    .filter(({ path }) => path.startsWith('startup/'))
    .map(({ path }) => path.slice('startup/'.length))
    .toSorted();
