import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Backend } from '../api/backend.ts';
import { mailConfig } from '../support/mail-sink.ts';
import { startPostfix, type Postfix } from '../support/postfix.ts';
import { until } from '../support/until.ts';

const Messages = z.object({
  messages: z.array(z.looseObject({ recipient: z.string(), state: z.string(), attempts: z.number() })),
});
const MINUTE = 60_000;

let postfix: Postfix;
let trusting: Backend;
let distrusting: Backend;

beforeAll(async () => {
  postfix = await startPostfix(['anna@clinic.org']);
  const config = mailConfig(postfix.port, { host: 'localhost', starttls: 'required' });
  trusting = await startBackend({ mail: { ...config, ca: postfix.cert } });
  distrusting = await startBackend({ mail: config });
}, 2 * MINUTE);
afterAll(async () => {
  await trusting.close();
  await distrusting.close();
  await postfix.stop();
}, MINUTE);

const invite = async (backend: Backend, email: string) => {
  const body = { emails: [email], organization: 'clinic', role: 'member' };
  expect((await backend.admin('POST', '/invitations', body)).status).toBe(201);
  return until(async () => {
    const { messages } = Messages.parse((await backend.admin('GET', '/outbox')).json);
    return messages.find(
      ({ recipient, state, error }) => recipient === email && (state !== 'waiting' || error !== undefined),
    );
  }, MINUTE);
};

describe('Postfix with TLS', () => {
  it(
    'delivers an e-mail, encrypted on the way',
    async () => {
      expect(await invite(trusting, 'anna@clinic.org')).toMatchObject({ state: 'sent' });
      const [text = ''] = await until(() => {
        const mails = postfix.mailbox('anna@clinic.org');
        return Promise.resolve(mails.length > 0 ? mails : undefined);
      });
      expect(text).toMatch(/with ESMTPS/);
      expect(text).toMatch(/^Subject: Invitation to NVIDIA FLARE$/m);
    },
    MINUTE,
  );

  it.each([
    ['refuses an unknown recipient for good', 'nobody@clinic.org', { state: 'failed', error: 'refused' }],
    ['refuses to relay for good', 'anna@other.example', { state: 'failed', error: 'refused' }],
    ['asks to try again later', 'greylisted@clinic.org', { state: 'waiting', error: 'deferred' }],
  ])(
    '%s',
    async (_what, email, outcome) => {
      expect(await invite(trusting, email)).toMatchObject({ ...outcome, attempts: 1 });
    },
    MINUTE,
  );

  it(
    'gets nothing while its certificate is not trusted',
    async () => {
      expect(await invite(distrusting, 'anna@clinic.org')).toMatchObject({
        state: 'waiting',
        error: 'certificate',
      });
      const test = await distrusting.admin('POST', '/mail/test', { email: 'anna@clinic.org' });
      expect(test).toMatchObject({ status: 200, json: { sent: false, error: 'certificate' } });
    },
    MINUTE,
  );
});
