import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { Email } from '../../../contract/names.ts';
import { type AcmeSettings, readAcmeState, readServedCertificate } from '../../acme/acme-settings.ts';
import { CHALLENGE_PORTS, CHALLENGES } from '../../acme/challenge-types.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { inspectFolder } from '../../folder/inspect-folder.ts';
import type { Handler } from '../../handler.ts';
import type { Runtime } from '../../runtime.ts';
import { isHostName } from '../../settings/host-name.ts';
import { parseFlags } from '../../settings/parse-flags.ts';
import { readPort } from '../../settings/flag-values.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';
import { confirmOverwrite } from './confirm-overwrite.ts';
import { issuePair } from './issue-pair.ts';

const LETS_ENCRYPT = 'https://acme-v02.api.letsencrypt.org/directory';

const Raw = z.object({
  domain: z.array(z.string()).default([]),
  email: Email.optional(),
  challenge: z.enum(CHALLENGES).default('http-01'),
  listen: z.string().min(1).optional(),
  directory: z.url({ protocol: /^https$/ }).default(LETS_ENCRYPT),
  caFile: z.string().min(1).optional(),
});

const wrong = (what: string): Error => CLI_ERRORS.usage({ what, command: 'tls acme' });

/** Why no CA issues a certificate for this by these challenges; undefined when it may. */
const domainProblem = (domain: string): string | undefined => {
  if (isIP(domain) !== 0) {
    return 'is an IP address; name a host';
  }
  if (domain.startsWith('*.')) {
    return 'is a wildcard, which CAs confirm by DNS only; name the host itself';
  }
  return isHostName(domain) ? undefined : 'is not a host name (write international ones as xn--…)';
};

const readListen = (text: string): AcmeSettings['listen'] => {
  const [, host, port = ''] = /^(?:\[?(.+?)\]?:)?(\d+)$/.exec(text) ?? [];
  if (host !== undefined && isIP(host) === 0) {
    throw wrong(`--listen ${text} is neither a port nor ADDRESS:PORT.`);
  }
  return host === undefined ? { port: readPort(port) } : { host, port: readPort(port) };
};

const readSettings = (flags: Parameters<Handler>[0], runtime: Runtime): AcmeSettings => {
  const { domain, email, challenge, listen, directory, caFile } = parseFlags(Raw, flags);
  const domains = [...new Set(domain.map((name) => name.toLowerCase()))];
  if (domains.length === 0) {
    throw wrong('--domain is missing: the host name under which browsers reach the dashboard.');
  }
  for (const name of domains) {
    const problem = domainProblem(name);
    if (problem !== undefined) {
      throw wrong(`--domain ${name} ${problem}.`);
    }
  }
  return {
    directory,
    ...(caFile === undefined ? {} : { caFile: resolve(runtime.cwd, caFile) }),
    ...(email === undefined ? {} : { email }),
    domains,
    challenge,
    listen: listen === undefined ? { port: CHALLENGE_PORTS[challenge] } : readListen(listen),
  };
};

/** `dashboard tls acme`: a pair from a CA, obtained by ACME. */
export const acme: Handler = async (flags, _words, context) => {
  const { runtime } = context;
  const { folder, yes } = await readTargetSettings(flags, runtime);
  const settings = readSettings(flags, runtime);
  const { owner } = await inspectFolder(folder, runtime.uid);
  const cert = join(folder, 'cert');
  const isThere = ['web.crt', 'web.key'].some((name) => existsSync(join(cert, name)));
  const served = await readServedCertificate(cert);
  const isOwn = served !== undefined && (await readAcmeState(cert))?.fingerprint === served.fingerprint256;
  if (isThere && !isOwn && !(await confirmOverwrite(cert, yes, context))) {
    return { data: { state: 'unchanged' }, lines: ['Nothing was changed.'] };
  }
  const { certificate, termsOfService } = await issuePair(cert, settings, owner, context);
  const notAfter = certificate.validToDate.toISOString();
  return {
    data: {
      state: 'obtained',
      domains: settings.domains,
      notAfter,
      fingerprint: certificate.fingerprint256,
      ...(termsOfService === undefined ? {} : { termsOfService }),
    },
    lines: [
      `Obtained ${join(cert, 'web.crt')} and web.key for ${settings.domains.join(', ')}; valid to ${notAfter.slice(0, 10)}.`,
      ...(termsOfService === undefined ? [] : [`Terms of service of the CA: ${termsOfService}`]),
      'A dashboard that serves HTTPS uses it at once; one that serves HTTP does from its next start on.',
      'Run `dashboard tls renew` daily from a timer: it renews the certificate when it is due.',
    ],
  };
};
