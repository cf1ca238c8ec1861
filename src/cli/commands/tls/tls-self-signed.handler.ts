import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { maintain } from '../../backend/maintain.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { inspectFolder } from '../../folder/inspect-folder.ts';
import type { Handler } from '../../handler.ts';
import { isHostName } from '../../settings/host-name.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';
import { confirmOverwrite } from './confirm-overwrite.ts';

/** The dashboard is asked from its own host, too. */
const OWN_NAMES = ['localhost', '127.0.0.1', '::1'];

const isName = (name: string): boolean => isIP(name) !== 0 || isHostName(name);

/** `dashboard tls self-signed`: a pair for whoever has no certificate authority at hand. */
export const selfSigned: Handler = async (flags, words, context) => {
  const { runtime } = context;
  const { folder, yes } = await readTargetSettings(flags, runtime);
  const wrong = words.find((word) => !isName(word));
  if (wrong !== undefined) {
    throw CLI_ERRORS.usage({
      what: `${wrong} is neither a host name nor an IP address.`,
      command: 'tls self-signed',
    });
  }
  const { owner } = await inspectFolder(folder, runtime.uid);
  const cert = join(folder, 'cert');
  const isThere = ['web.crt', 'web.key'].some((name) => existsSync(join(cert, name)));
  if (isThere && !(await confirmOverwrite(cert, yes, context))) {
    return { data: { state: 'unchanged' }, lines: ['Nothing was changed.'] };
  }
  const names = [...new Set([...(words.length === 0 ? [hostname()] : words), ...OWN_NAMES])];
  const { text: fingerprint } = await maintain({ task: 'self-signed', folder: cert, names }, runtime, owner);
  return {
    data: { state: 'generated', names, fingerprint },
    lines: [
      `Generated ${join(cert, 'web.crt')} and web.key for ${names.join(', ')}; valid for 365 days.`,
      `SHA-256 fingerprint: ${fingerprint}`,
      'Compare it when the browser warns of a certificate it does not know.',
      'The dashboard serves HTTPS from its next start on (dashboard restart).',
    ],
  };
};
