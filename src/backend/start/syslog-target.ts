import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ENVIRONMENT } from '../../contract/environment.ts';
import type { SyslogTarget } from '../context/config.ts';
import { StartError } from '../context/start-error.ts';

/** RFC 5425, 4.1, and RFC 6587. */
const DEFAULT_PORT = { tls: 6514, tcp: 601 } as const;

/**
 * Reads where the audit log is sent.
 *
 * @param caFile in the project folder, or absolute
 * @throws StartError `badConfiguration`
 */
export const syslogTarget = (address: string, caFile: string | undefined, webRoot: string): SyslogTarget => {
  const url = new URL(address);
  const tls = url.protocol === 'syslog+tls:';
  if (url.hostname === '') {
    const what = `${ENVIRONMENT.syslogUrl} names no host.`;
    throw new StartError('badConfiguration', what, 'Give syslog+tls://host:port.');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? DEFAULT_PORT[tls ? 'tls' : 'tcp'] : Number(url.port);
  if (caFile === undefined) {
    return { tls, host, port };
  }
  try {
    return { tls, host, port, ca: readFileSync(resolve(webRoot, caFile), 'utf8') };
  } catch (error) {
    throw new StartError(
      'badConfiguration',
      `${ENVIRONMENT.syslogCaFile} names a file that cannot be read.`,
      'Name a PEM file that the user the dashboard runs as can read, such as one in the project folder.',
      { cause: error },
    );
  }
};
