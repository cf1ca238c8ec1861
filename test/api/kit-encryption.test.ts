import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startBackend, type Backend } from './backend.ts';

/** The extra field of WinZip's AES: AE-2, 256 bits. */
const AES_FIELD = Buffer.from([0x01, 0x99, 0x07, 0x00, 0x02, 0x00, 0x41, 0x45, 0x03]);

let backend: Backend;

beforeAll(async () => {
  backend = await startBackend();
  const settings = { short_name: 'demo', server1: 'fl.example.org', key_bits: 2048, frozen: true };
  expect((await backend.admin('PATCH', '/project', settings)).status).toBe(200);
}, 60_000);
afterAll(() => backend.close());

const setPolicy = async (policy: string): Promise<void> => {
  const changed = await backend.admin('PATCH', '/project', { zip_encryption: policy });
  expect([changed.status, changed.json['project']]).toEqual([
    200,
    expect.objectContaining({ zip_encryption: policy }),
  ]);
};

const kit = (body?: object) => backend.admin('POST', '/servers/1/blob', body);
const encryptionOf = ({ headers, bytes }: Awaited<ReturnType<typeof kit>>) => [
  headers.get('x-kit-encryption'),
  bytes.includes(AES_FIELD),
];

const ZIPCRYPTO = ['zipcrypto', false];
const AES = ['aes256', true];

it('allows any encryption in a new project, which freezing leaves changeable', async () => {
  const { json } = await backend.admin('GET', '/project');
  expect(json['project']).toMatchObject({
    zip_encryption: 'any',
    changeable: expect.arrayContaining(['zip_encryption']),
  });
});

it.each(['zipcrypto', 'aes128', '', null, 256])('refuses the policy %j', async (zip_encryption) => {
  const { status, json } = await backend.admin('PATCH', '/project', { zip_encryption });
  expect([status, json['code']]).toEqual([400, 'invalid']);
});

describe('a project that allows any encryption', () => {
  beforeAll(() => setPolicy('any'));

  it.each([['1234'], ['qwerty'], ['abcd1234']])(
    "encrypts with ZipCrypto for NVIDIA's API clients, which send the PIN %j alone",
    async (pin) => {
      const made = await kit({ pin });
      expect([made.status, ...encryptionOf(made)]).toEqual([200, ...ZIPCRYPTO]);
    },
  );

  it.each([
    [{}, ZIPCRYPTO],
    [undefined, ZIPCRYPTO],
    [{ encryption: 'zipcrypto' }, ZIPCRYPTO],
    [{ encryption: 'aes256' }, AES],
    [{ encryption: 'aes256', pin: 'abcd1234' }, AES],
  ])('takes %j', async (body, expected) => {
    const made = await kit(body);
    expect([made.status, ...encryptionOf(made)]).toEqual([200, ...expected]);
  });

  it.each([
    [{ encryption: 'aes256', pin: '1234' }],
    [{ encryption: 'aes256', pin: 'abcd123' }],
    [{ encryption: 'zipcrypto', pin: '123' }],
  ])('refuses %j for its PIN', async (body) => {
    const { status, json } = await kit(body);
    expect([status, json['fields']]).toEqual([400, [expect.objectContaining({ path: 'pin' })]]);
  });

  it.each(['none', 'AES256', '', null])('refuses the encryption %j', async (encryption) => {
    expect((await kit({ encryption, pin: 'abcd1234' })).status).toBe(400);
  });
});

describe('a project that allows AES-256 only', () => {
  beforeAll(() => setPolicy('aes256'));

  it.each([[{}], [undefined], [{ pin: 'abcd1234' }], [{ encryption: 'aes256' }]])(
    'encrypts with AES-256 for everybody, whoever sends %j',
    async (body) => {
      const made = await kit(body);
      expect([made.status, ...encryptionOf(made)]).toEqual([200, ...AES]);
    },
  );

  it('refuses ZipCrypto, and says why', async () => {
    const { status, json } = await kit({ encryption: 'zipcrypto', pin: 'abcd1234' });
    expect([status, json['fields']]).toEqual([
      409,
      [expect.objectContaining({ path: 'encryption', code: 'aes256_only' })],
    ]);
  });

  it.each(['1234', 'qwerty'])('refuses the short PIN %j of a bare request', async (pin) => {
    const { status, json } = await kit({ pin });
    expect([status, json['fields']]).toEqual([
      400,
      [{ path: 'pin', message: 'is shorter than 8 characters' }],
    ]);
  });
});

it('generates PINs of 128 bits and more', async () => {
  const { headers } = await kit({ encryption: 'aes256' });
  const pin = headers.get('x-kit-pin') ?? '';
  expect(pin).toMatch(/^[2-9A-HJ-NP-Z]+$/);
  expect(pin.length * Math.log2(32)).toBeGreaterThanOrEqual(128);
});
