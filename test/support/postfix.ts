import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { selfSigned } from './self-signed.ts';
import { until } from './until.ts';

/** Debian's mail server with TLS, on 127.0.0.1. */
export interface Postfix {
  readonly port: number;
  /** PEM of its certificate, which is for `localhost`. */
  readonly cert: string;
  /** E-mails in the mailbox of a recipient, as they were stored. */
  readonly mailbox: (recipient: string) => readonly string[];
  readonly stop: () => Promise<void>;
}

const SERVICES = `cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
tlsmgr unix - - n 1000? 1 tlsmgr
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`;

const userId = (flag: '-u' | '-g'): string =>
  execFileSync('id', [flag, 'postfix'], { encoding: 'utf8' }).trim();

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

/**
 * Starts it with mailboxes at `clinic.org`: it refuses other recipients, and asks to come again later for
 * `greylisted@clinic.org`. Needs root.
 *
 * @param recipients that it takes e-mails for
 */
export const startPostfix = async (recipients: readonly string[]): Promise<Postfix> => {
  const folder = mkdtempSync(join(tmpdir(), 'postfix-'));
  chmodSync(folder, 0o755);
  const [config, queue, data, mail] = ['etc', 'queue', 'data', 'mail'].map((name) => {
    const path = join(folder, name);
    mkdirSync(path);
    return path;
  });
  const { key, cert } = selfSigned('DNS:localhost');
  writeFileSync(join(folder, 'tls.pem'), key + cert, { mode: 0o600 });
  const port = await freePort();
  const mailboxes = recipients.map((recipient) => `{${recipient}=${recipient}/}`).join(', ');
  writeFileSync(
    join(config ?? '', 'main.cf'),
    `compatibility_level = 3.6
queue_directory = ${queue ?? ''}
data_directory = ${data ?? ''}
maillog_file = ${folder}/mail.log
maillog_file_prefixes = ${folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = localhost.localdomain
mydestination =
mynetworks =
alias_maps =
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access inline:{{greylisted@clinic.org = 450 4.7.1 Greylisted, try again later}}
smtpd_tls_security_level = encrypt
smtpd_tls_chain_files = ${folder}/tls.pem
virtual_mailbox_domains = clinic.org
virtual_mailbox_base = ${mail ?? ''}
virtual_mailbox_maps = inline:{${mailboxes}, {greylisted@clinic.org=grey/}}
virtual_uid_maps = static:${userId('-u')}
virtual_gid_maps = static:${userId('-g')}
virtual_minimum_uid = 1
`,
  );
  writeFileSync(join(config ?? '', 'master.cf'), `127.0.0.1:${port} inet n - n - - smtpd\n${SERVICES}`);
  execFileSync('chown', ['-R', 'postfix', data ?? '', mail ?? '']);
  const master = spawn('/usr/sbin/postfix', ['-c', config ?? '', 'start-fg'], {
    stdio: 'ignore',
    env: { ...process.env, PATH: `/usr/sbin:/sbin:${process.env['PATH'] ?? ''}` },
  });
  const ended = new Promise<void>((resolve) => {
    master.once('exit', () => {
      resolve();
    });
  });
  await until(async () => ((await answers(port)) ? true : undefined));
  return {
    port,
    cert,
    mailbox: (recipient) => {
      const box = join(mail ?? '', recipient, 'new');
      try {
        return readdirSync(box).map((name) => readFileSync(join(box, name), 'utf8'));
      } catch {
        // The mailbox is created with its first e-mail.
        return [];
      }
    },
    stop: async () => {
      execFileSync('/usr/sbin/postfix', ['-c', config ?? '', 'stop'], { stdio: 'ignore' });
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
