import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { Email } from '../../contract/names.ts';
import type { MailOutcome } from '../../contract/delivery.ts';
import type { MailConfig } from './mail-config.ts';

/** An e-mail to one person. */
export interface Mail {
  /** Tells a message that was sent twice: part of its Message-ID. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Sends e-mails; never throws. */
export interface Mailer {
  readonly send: (mail: Mail) => Promise<MailOutcome>;
}

const CONNECT_MS = 10_000;
/** Servers that slow senders down on purpose take up to five minutes, others seconds. */
const SILENCE_MS = 30_000;
const MAX_DETAIL = 300;
const MAX_SUBJECT = 200;

const Failure = z.object({
  code: z.string().catch(''),
  responseCode: z.number().optional().catch(undefined),
  message: z.string().catch(''),
});

const CERTIFICATE = /certificate|self.signed|altname|CERT_|UNABLE_TO_(VERIFY|GET)/i;

const detailOf = (text: string): string =>
  text
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, MAX_DETAIL);

/** RFC 4954, 4: the server wants a log-in, or encryption, before it takes anything. */
const AUTHENTICATION_REQUIRED = 530;
/** Steps that are about the e-mail rather than about the connection. */
const ABOUT_MAIL: ReadonlySet<string> = new Set(['EENVELOPE', 'EMESSAGE']);

const kindOf = ({
  code,
  responseCode = 0,
  message,
}: z.infer<typeof Failure>): Exclude<MailOutcome['error'], ''> => {
  if (code === 'EAUTH' || responseCode === AUTHENTICATION_REQUIRED) {
    return 'authentication';
  }
  if (CERTIFICATE.test(message) && responseCode === 0) {
    return 'certificate';
  }
  if (code === 'ETLS') {
    return 'no_tls';
  }
  if (ABOUT_MAIL.has(code) && responseCode >= 500) {
    return 'refused';
  }
  return responseCode >= 400 && responseCode < 500 ? 'deferred' : 'unreachable';
};

/** Reads what a mail server, or the way to it, said. */
export const outcomeOf = (error: unknown): MailOutcome => {
  const failure = Failure.parse(error);
  const kind = kindOf(failure);
  return { state: kind === 'refused' ? 'failed' : 'waiting', error: kind, detail: detailOf(failure.message) };
};

/** Keeps what a header must not hold out of it, whatever was stored. */
const headerText = (text: string): string => text.replace(/\p{C}+/gu, ' ').slice(0, MAX_SUBJECT);

/** How the connection to the mail server is encrypted. */
export const connectionOptions = ({ host, port, secure, starttls, ca }: MailConfig) => ({
  host,
  port,
  secure,
  requireTLS: !secure && starttls === 'required',
  ignoreTLS: starttls === 'never',
  tls: { minVersion: 'TLSv1.2' as const, ...(ca === undefined ? {} : { ca }) },
});

export const createMailer = (config: MailConfig): Mailer => {
  const { login, from, publicUrl } = config;
  const transport = createTransport({
    ...connectionOptions(config),
    ...(login === undefined ? {} : { auth: { user: login.user, pass: login.password } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
    dnsTimeout: CONNECT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = new URL(publicUrl).hostname;
  return {
    send: async ({ id, to, subject, text, html }) => {
      // An address of another dashboard may be anything, such as a list of several.
      if (!Email.safeParse(to).success) {
        return { state: 'failed', error: 'address_invalid', detail: '' };
      }
      try {
        const { response } = await transport.sendMail({
          from,
          to: { name: '', address: to },
          envelope: { from: from.address, to: [to] },
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          subject: headerText(subject),
          text,
          html,
        });
        return { state: 'sent', error: '', detail: detailOf(response) };
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
};
