import type { BackendCondition } from '../../backend/probe.ts';
import type { Host } from '../../deployment/host.ts';
import type { Report } from '../../output/output.ts';
import type { Credential } from '../../settings/credential.ts';
import type { GeneratedPassphrase } from '../../settings/generate-passphrase.ts';
import type { Surroundings } from './open-host.ts';

const HTTPS_PORT = 443;

/** Addresses for a browser: this host's, and those that the certificate is for. */
const addresses = (host: Host, { web }: Surroundings, port: number): readonly string[] => {
  const shown = web.scheme === 'https' && port === HTTPS_PORT ? '' : `:${port}`;
  const names = web.scheme === 'https' ? [host.hostName, ...web.hosts] : [host.hostName];
  return [...new Set(names)].map((name) => `${web.scheme}://${name}${shown}/`);
};

const modeText = ({ web }: Surroundings): string =>
  web.scheme === 'http'
    ? 'HTTP (put web.crt and web.key into cert/ for HTTPS)'
    : `HTTPS, certificate ${web.subject}, valid to ${web.notAfter.toISOString().slice(0, 10)}`;

const facts = (host: Host, surroundings: Surroundings, port: number) => {
  const { settings, web } = surroundings;
  return {
    urls: addresses(host, surroundings, port),
    folder: settings.folder,
    name: settings.name,
    port,
    kind: host.kind,
    mode: web.scheme,
    ...(web.scheme === 'https'
      ? { certificate: { subject: web.subject, notAfter: web.notAfter.toISOString() } }
      : {}),
  };
};

const factLines = (host: Host, surroundings: Surroundings, port: number): readonly string[] => [
  ...addresses(host, surroundings, port).map((url) => `  ${url}`),
  `  Folder: ${surroundings.settings.folder}`,
  `  Mode:   ${modeText(surroundings)}`,
  `  Logs:   ${host.hints.logs}`,
  `  Stop:   ${host.hints.stop}`,
];

/** The one showing of a password that was made here. */
export const credentialLines = ({ email, password }: Credential): readonly string[] => [
  `Project admin: ${email}`,
  `Password:      ${password}`,
  'Write the password down: it is not shown again.',
];

/** @param port where it listens, which the options need not have said */
export const alreadyRunningReport = (
  host: Host,
  surroundings: Surroundings,
  port: number,
  condition: BackendCondition | undefined,
): Report => ({
  data: {
    state: 'already running',
    ...facts(host, surroundings, port),
    ...(condition === undefined ? {} : { sealed: condition.sealed, version: condition.version }),
  },
  lines: [
    'The dashboard is already running.',
    ...factLines(host, surroundings, port),
    ...(condition?.sealed === true ? ['  Sealed: kits wait for the passphrase (dashboard unseal)'] : []),
  ],
});

const passphraseLines = ({ file }: GeneratedPassphrase): readonly string[] => [
  `  Passphrase of the root key: in ${file}`,
  '  Keep a copy elsewhere: without it the root key is lost. Start with --passphrase-file from now on.',
];

export const startedReport = (started: {
  readonly host: Host;
  readonly surroundings: Surroundings;
  readonly credential: Credential | undefined;
  readonly condition: BackendCondition | undefined;
  readonly made?: GeneratedPassphrase | undefined;
}): Report => {
  const { host, surroundings, credential, condition, made: passphrase } = started;
  const { port } = surroundings.settings;
  const made = credential?.generated === true ? credential : undefined;
  return {
    data: {
      state: 'started',
      ...facts(host, surroundings, port),
      ...(condition === undefined ? {} : { sealed: condition.sealed }),
      ...(passphrase === undefined ? {} : { passphraseFile: passphrase.file }),
      ...(made === undefined ? {} : { credential: { email: made.email, password: made.password } }),
    },
    lines: [
      'Started.',
      ...factLines(host, surroundings, port),
      ...(passphrase === undefined ? [] : passphraseLines(passphrase)),
      ...(made === undefined ? [] : ['', ...credentialLines(made)]),
    ],
  };
};
