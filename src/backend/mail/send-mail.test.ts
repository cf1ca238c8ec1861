import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../../../test/support/free-port.ts';
import { mailConfig, startMailSink, type MailSink } from '../../../test/support/mail-sink.ts';
import { selfSigned } from '../../../test/support/self-signed.ts';
import type { MailConfig } from './mail-config.ts';
import { renderMail } from './render-mail.ts';
import { createMailer } from './send-mail.ts';

const opened: MailSink[] = [];
afterEach(async () => {
  for (const sink of opened.splice(0)) {
    await sink.close();
  }
});

const start = async (options: Parameters<typeof startMailSink>[0] = {}): Promise<MailSink> => {
  const sink = await startMailSink(options);
  opened.push(sink);
  return sink;
};

const MAIL = { id: 'one', to: 'anna@clinic.org', subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' };

const send = (port: number, config: Partial<MailConfig> = {}, mail: Partial<typeof MAIL> = {}) =>
  createMailer(mailConfig(port, { host: 'localhost', ...config })).send({ ...MAIL, ...mail });

describe('an e-mail', () => {
  it.each([
    ['fails when the recipient is refused', 550, { state: 'failed', error: 'refused' }],
    ['waits when it is greylisted', 451, { state: 'waiting', error: 'deferred' }],
  ])('%s', async (_what, code, outcome) => {
    const sink = await start();
    sink.refuse(() => ({ code, message: 'not now' }));
    expect(await send(sink.port)).toMatchObject({
      ...outcome,
      detail: expect.stringContaining(`${code} not now`),
    });
  });

  it('waits while nothing listens', async () => {
    expect(await send(await freePort())).toMatchObject({ state: 'waiting', error: 'unreachable' });
  });

  it.each([
    ['is shutting down', '421 4.3.2 shutting down', 'deferred'],
    ['takes no connections from here', '554 5.7.1 no', 'unreachable'],
  ])('waits when the server %s', async (_what, greeting, error) => {
    const server = createServer((socket) => socket.end(`${greeting}\r\n`)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await send(port)).toMatchObject({ state: 'waiting', error });
    server.close();
  });

  it('waits where the server offers no encryption and it is required, and nothing is sent', async () => {
    const sink = await start();
    expect(await send(sink.port, { starttls: 'required' })).toMatchObject({
      state: 'waiting',
      error: 'no_tls',
    });
    expect(sink.asked).toEqual([]);
  });

  it.each([
    ['STARTTLS where it is required', 'required'],
    ['STARTTLS where it is offered', 'opportunistic'],
  ] as const)('waits when the certificate is not trusted, with %s', async (_what, starttls) => {
    const sink = await start({ tls: selfSigned('DNS:localhost') });
    expect(await send(sink.port, { starttls })).toMatchObject({ state: 'waiting', error: 'certificate' });
    expect(sink.asked).toEqual([]);
  });

  it('waits when the certificate is for another host', async () => {
    const tls = selfSigned('DNS:mail.example.org');
    const sink = await start({ tls });
    expect(await send(sink.port, { starttls: 'required', ca: tls.cert })).toMatchObject({
      error: 'certificate',
    });
  });

  it('is sent with a user and password over a connection that a named CA vouches for', async () => {
    const tls = selfSigned('DNS:localhost');
    const login = { user: 'dashboard', password: 'quiet-Harbour-1' };
    const sink = await start({ tls, login });
    const config = { starttls: 'required', ca: tls.cert, login } as const;
    expect(await send(sink.port, config)).toMatchObject({ state: 'sent' });
    const wrong = { ...config, login: { ...login, password: 'other' } };
    const refused = await send(sink.port, wrong);
    expect(refused).toMatchObject({ state: 'waiting', error: 'authentication' });
    expect(refused.detail).not.toContain('other');
  });

  it.each([
    'anna@clinic.org, eve@evil.example',
    'anna@clinic.org\r\nBcc: eve@evil.example',
    'Anna <anna@clinic.org>',
    'anna',
    '',
  ])('to %j, which is no single address, is not sent', async (to) => {
    const sink = await start();
    expect(await send(sink.port, {}, { to })).toMatchObject({ state: 'failed', error: 'address_invalid' });
    expect(sink.asked).toEqual([]);
  });

  it.each([
    'Lung\r\nBcc: eve@evil.example',
    'Lung\nX-Injected: 1',
    'Lung\u2028Bcc: eve@evil.example',
    `Lung ${'ä'.repeat(3000)}\r\nBcc: eve@evil.example`,
  ])('has no other headers, whatever its subject holds', async (subject) => {
    const sink = await start();
    expect(await send(sink.port, {}, { subject })).toMatchObject({ state: 'sent' });
    const { parsed } = await sink.wait(() => true);
    expect([...parsed.headers.keys()].sort()).toEqual(
      [
        'auto-submitted',
        'content-type',
        'date',
        'from',
        'message-id',
        'mime-version',
        'subject',
        'to',
      ].sort(),
    );
    expect(sink.asked).toEqual(['anna@clinic.org']);
  });

  it('shows free text as text, also in HTML', () => {
    const content = {
      subject: '<b>"&\'',
      paragraphs: ['</title><script>alert(1)</script>'],
      quotes: ['first\n<img src=x onerror=alert(1)>'],
      link: { label: '<i>', url: 'https://flare.example.org/"onclick="alert(1)' },
    };
    const { html, text } = renderMail(content, '<footer>', 'en');
    expect(html).not.toMatch(/<(script|img|i|footer|b)\b/);
    expect(html).not.toContain('"onclick="');
    expect(text).toContain('> first\n> <img');
  });
});
