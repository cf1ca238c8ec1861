import { describe, expect, it } from '@jest/globals';
import { credentialText, readCredential } from './credential.ts';

const of = (email: string, password: string, organization: string) => ({
  ok: true,
  credential: { email, password, organization },
});

describe('a credential', () => {
  it.each([
    ['a@example.org', of('a@example.org', '', '')],
    ['a@example.org:green-wagon', of('a@example.org', 'green-wagon', '')],
    ['a@example.org:green-wagon:Org_1', of('a@example.org', 'green-wagon', 'Org_1')],
    ['a@example.org:green:wagon:Org_1', of('a@example.org', 'green:wagon', 'Org_1')],
    ['a@example.org:green:wagon:', of('a@example.org', 'green:wagon', '')],
    ['a@example.org::Org_1', of('a@example.org', '', 'Org_1')],
  ])('is read from %j', (text, expected) => {
    expect(readCredential(text)).toEqual(expected);
  });

  it.each(['', 'nobody', 'a@example.org:x:Org', 'a@example.org:green:wagon!', ':green-wagon:Org'])(
    'is refused as %j',
    (text) => {
      expect(readCredential(text)).toMatchObject({ ok: false });
    },
  );

  it.each(['green-wagon', 'green:wagon:44', ':::colons:::'])(
    'survives being written, with %j',
    (password) => {
      const credential = { email: 'a@example.org', password, organization: '' };
      expect(readCredential(credentialText(credential))).toEqual({ ok: true, credential });
    },
  );
});
