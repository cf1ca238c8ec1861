import SMTPConnection from 'nodemailer/lib/smtp-connection/index.js';
import { ENVIRONMENT, SECRET_FILES } from '../../contract/environment.ts';
import { isLoopback } from '../../contract/loopback.ts';
import type { ServiceFinding } from '../../contract/service-finding.ts';
import type { MailConfig } from './mail-config.ts';
import { connectionOptions, outcomeOf } from './send-mail.ts';

const CONNECT_MS = 5000;
const SILENCE_MS = 10_000;

const PASSWORD_FILE = SECRET_FILES.smtpPassword[0];

const fail = (text: string, fix: string): ServiceFinding => ({
  check: 'mail server',
  level: 'fail',
  text,
  fix,
});

/** Connects and logs in, and closes the connection. @returns whether it was encrypted */
const visit = (config: MailConfig): Promise<{ readonly encrypted: boolean }> =>
  new Promise((resolve, reject) => {
    const connection = new SMTPConnection({
      ...connectionOptions(config),
      connectionTimeout: CONNECT_MS,
      dnsTimeout: CONNECT_MS,
      greetingTimeout: SILENCE_MS,
      socketTimeout: SILENCE_MS,
    });
    const end = (error?: Error): void => {
      const encrypted = connection.secure;
      if (error === undefined) {
        connection.quit();
        resolve({ encrypted });
      } else {
        connection.close();
        reject(error);
      }
    };
    connection.on('error', end);
    connection.connect((error) => {
      if (error !== undefined || config.login === undefined) {
        end(error);
        return;
      }
      const { user, password: pass } = config.login;
      connection.login({ user, pass }, (refused) => {
        end(refused ?? undefined);
      });
    });
  });

const explain = (config: MailConfig, error: unknown): ServiceFinding => {
  const place = `${config.host}:${config.port}`;
  const { error: kind, detail } = outcomeOf(error);
  if (kind === 'certificate') {
    return fail(
      `the certificate of ${place} is not trusted: ${detail}.`,
      `Name the PEM file of its CA in ${ENVIRONMENT.smtpCaFile}, and the host as the certificate does.`,
    );
  }
  if (kind === 'no_tls') {
    return fail(
      `${place} offers no STARTTLS, so nothing is sent.`,
      `Use smtps: in ${ENVIRONMENT.smtpUrl}, or the server's port for STARTTLS (often 587).`,
    );
  }
  if (kind === 'authentication') {
    return config.login === undefined
      ? fail(`${place} wants a log-in: ${detail}.`, `Name the user in ${ENVIRONMENT.smtpUrl}.`)
      : fail(
          `${place} refuses the log-in of ${config.login.user}: ${detail}.`,
          `Correct the user in ${ENVIRONMENT.smtpUrl} or the password in the file of ${PASSWORD_FILE}.`,
        );
  }
  if (kind === 'unreachable') {
    return fail(
      `${place} cannot be reached: ${detail}.`,
      `Check host and port in ${ENVIRONMENT.smtpUrl}, name resolution and firewalls; e-mails wait meanwhile.`,
    );
  }
  return {
    check: 'mail server',
    level: 'warn',
    text: `${place} takes nothing now: ${detail}.`,
    fix: 'Ask its operator if it goes on; e-mails wait meanwhile.',
  };
};

/** Connects to the mail server as e-mails do, and logs in; sends nothing. */
export const checkMailServer = async (config: MailConfig): Promise<ServiceFinding> => {
  try {
    const { encrypted } = await visit(config);
    const place = `${config.host}:${config.port}`;
    if (!encrypted && !isLoopback(config.host)) {
      return {
        check: 'mail server',
        level: 'warn',
        text: `${place} responds, unencrypted: e-mails and the links in them can be read on the way.`,
        fix: `Use smtps: in ${ENVIRONMENT.smtpUrl}, or leave out its parameter starttls.`,
      };
    }
    const how = encrypted ? 'over TLS' : 'on this host, without TLS';
    const login =
      config.login === undefined ? 'no log-in is configured' : `takes the log-in of ${config.login.user}`;
    return {
      check: 'mail server',
      level: 'ok',
      text: `${place} responds ${how}${config.login === undefined ? '; ' : ' and '}${login}`,
    };
  } catch (error) {
    return explain(config, error);
  }
};
