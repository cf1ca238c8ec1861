import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { z } from 'zod';
import type { MailConfig } from '../../src/backend/mail/mail-config.ts';

/** An e-mail as it arrived. */
export interface ReceivedMail {
  readonly to: string;
  readonly parsed: ParsedMail;
  readonly raw: string;
}

/** Describes how the server treats a recipient: undefined takes it. */
export type Refusal = (recipient: string) => { readonly code: number; readonly message: string } | undefined;

/** A mail server in this process that keeps what it gets. */
export interface MailSink {
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  /** Recipients that were asked about, refused ones too. */
  readonly asked: readonly string[];
  /** Changes how it treats recipients. */
  readonly refuse: (refusal: Refusal) => void;
  /** Resolves with the first e-mail that fits, once it is there. */
  readonly wait: (fits: (mail: ReceivedMail) => boolean, ms?: number) => Promise<ReceivedMail>;
  readonly close: () => Promise<void>;
}

interface SinkOptions {
  readonly port?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly login?: { readonly user: string; readonly password: string };
}

const STEP_MS = 25;
const WAIT_MS = 60_000;

const refused = ({ code, message }: { readonly code: number; readonly message: string }): Error =>
  Object.assign(new Error(message), { responseCode: code });

/** Starts it on a free port of 127.0.0.1, or on the given one. */
export const startMailSink = async ({ port = 0, tls, login }: SinkOptions = {}): Promise<MailSink> => {
  const received: ReceivedMail[] = [];
  const asked: string[] = [];
  let refusal: Refusal = () => undefined;
  const server = new SMTPServer({
    authOptional: login === undefined,
    disabledCommands: [...(tls === undefined ? ['STARTTLS'] : []), ...(login === undefined ? ['AUTH'] : [])],
    ...tls,
    onAuth: ({ username, password }, _session, done) => {
      const isRight = username === login?.user && password === login?.password;
      done(isRight ? null : refused({ code: 535, message: 'wrong password' }), { user: username });
    },
    onRcptTo: ({ address }, _session, done) => {
      asked.push(address);
      const reply = refusal(address);
      done(reply === undefined ? null : refused(reply));
    },
    onData: (stream, { envelope }, done) => {
      const read = async (): Promise<void> => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of stream) {
          chunks.push(z.instanceof(Uint8Array).parse(chunk));
        }
        const raw = Buffer.concat(chunks);
        const parsed = await simpleParser(raw);
        for (const { address } of envelope.rcptTo) {
          received.push({ to: address, parsed, raw: raw.toString('utf8') });
        }
      };
      read().then(
        () => {
          done();
        },
        (error: unknown) => {
          done(error instanceof Error ? error : new Error(String(error)));
        },
      );
    },
  });
  // Clients that do not trust the certificate end their connections.
  server.on('error', () => undefined);
  const listening = server.listen(port, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    received,
    asked,
    refuse: (next) => {
      refusal = next;
    },
    wait: async (fits, ms = WAIT_MS) => {
      const until = performance.now() + ms;
      for (;;) {
        const found = received.find(fits);
        if (found !== undefined) {
          return found;
        }
        if (performance.now() > until) {
          const subjects = received.map(({ to, parsed }) => `${to}: ${parsed.subject ?? ''}`);
          throw new Error(`no such e-mail; there are:\n${subjects.join('\n')}`);
        }
        await pause(STEP_MS);
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
};

/** Returns the settings of a backend that sends to a server on this machine. */
export const mailConfig = (port: number, more: Partial<MailConfig> = {}): MailConfig => ({
  host: '127.0.0.1',
  port,
  secure: false,
  starttls: 'never',
  login: undefined,
  ca: undefined,
  from: { name: 'Dashboard', address: 'dashboard@example.org' },
  publicUrl: 'https://flare.example.org/',
  ...more,
});

/** The link in an e-mail. */
export const linkIn = ({ parsed }: ReceivedMail): string =>
  /https?:\/\/\S+#\S+/.exec(parsed.text ?? '')?.[0] ?? '';

/** The token in an e-mail's link. */
export const tokenIn = (mail: ReceivedMail): string => linkIn(mail).split('=').at(-1) ?? '';
