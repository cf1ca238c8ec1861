import { define } from '../errors/cli-error.ts';
import { EXIT } from '../exit-codes.ts';

/** Errors of the commands that obtain a web certificate from a CA. */
export const ACME_ERRORS = {
  portUnavailable: define<{ port: number; reason: 'in use' | 'forbidden'; challenge: string; other: string }>(
    'challenge_port_unavailable',
    EXIT.portTaken,
    ({ port, reason, challenge, other }) => ({
      what:
        reason === 'in use'
          ? `Port ${port}, on which the CA looks for the response to ${challenge}, is already in use on this host.`
          : `Port ${port}, on which the CA looks for the response to ${challenge}, may not be opened without root.`,
      advice:
        reason === 'in use'
          ? `Stop what listens there (ss -ltnp 'sport = :${port}') for the time being, use --challenge ${other}, or forward the port and give --listen PORT.`
          : `Run the command as root, use --challenge ${other}, or forward the port and give --listen PORT.`,
    }),
  ),
  addressUnavailable: define<{ address: string; reason: string }>(
    'challenge_port_unavailable',
    EXIT.portTaken,
    ({ address, reason }) => ({
      what: `${address} cannot be listened on: ${reason}.`,
      advice: 'Give --listen [ADDRESS:]PORT with an address of this host.',
    }),
  ),
  directoryUnreachable: define<{ url: string; reason: string; untrusted: boolean }>(
    'directory_unreachable',
    EXIT.failed,
    ({ url, reason, untrusted }) => ({
      what: `The CA at ${url} could not be reached: ${reason}.`,
      advice: untrusted
        ? 'For a private CA, name the certificate that vouches for it with --ca-file FILE.'
        : 'Check the network and --directory, then run the same command again; the web certificate is unchanged.',
    }),
  ),
  notDirectory: define<{ url: string; reason: string }>(
    'directory_unreachable',
    EXIT.failed,
    ({ url, reason }) => ({
      what: `What responds at ${url} is not an ACME directory: ${reason}.`,
      advice: 'Give the address of the directory itself, such as https://HOST/acme/acme/directory.',
    }),
  ),
  refused: define<{ what: string; advice: string }>('acme_refused', EXIT.failed, (text) => text),
  nothingToRenew: define<{ folder: string }>('nothing_to_renew', EXIT.failed, ({ folder }) => ({
    what: `No web certificate in ${folder} was obtained with \`dashboard tls acme\`.`,
    advice: 'Obtain one first: dashboard tls acme --email EMAIL --domain NAME.',
  })),
  pairOfOthers: define<{ folder: string }>('certificate_of_others', EXIT.failed, ({ folder }) => ({
    what: `The web certificate in ${folder} is not the one that \`dashboard tls acme\` obtained; it was left alone.`,
    advice: `Renew it where it came from, or obtain another with \`dashboard tls acme\`.`,
  })),
} as const;
