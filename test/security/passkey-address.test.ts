import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startBackend, type Backend } from '../api/backend.ts';

describe('the address of a dashboard without a public one', () => {
  let behind: Backend;

  beforeAll(async () => {
    behind = await startBackend({ trustedProxies: ['127.0.0.1'] });
  }, 180_000);
  afterAll(() => behind.close());

  const begin = async (headers: Readonly<Record<string, string>>): Promise<unknown> => {
    const response = await fetch(`${behind.url}/api/v1/second-factor/passkeys/challenge`, {
      method: 'POST',
      headers: { authorization: `Bearer ${behind.admin.token}`, ...headers },
    });
    return response.json();
  };

  it.each([
    ['an IP address', { 'x-forwarded-host': '192.0.2.7', 'x-forwarded-proto': 'https' }],
    ['an IPv6 address', { 'x-forwarded-host': '[2001:db8::7]:8443', 'x-forwarded-proto': 'https' }],
    ['plain HTTP', { 'x-forwarded-host': 'flare.example.org', 'x-forwarded-proto': 'http' }],
  ])('allows no passkeys at %s', async (_, headers) => {
    expect(await begin(headers)).toMatchObject({ code: 'conflicting' });
  });

  it('is what a trusted proxy says', async () => {
    const headers = { 'x-forwarded-host': 'flare.example.org:8443', 'x-forwarded-proto': 'https' };
    expect(await begin(headers)).toMatchObject({ options: { rp: { id: 'flare.example.org' } } });
  });
});
