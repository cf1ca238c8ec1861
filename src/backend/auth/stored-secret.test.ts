import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { openStored, sealStored } from './stored-secret.ts';

const key = randomBytes(32);
const SECRET = 'GEZDGNBVGY3TQOJQ';

describe('a stored secret', () => {
  it('opens with the same key for the same owner', () => {
    const sealed = sealStored(key, 'user:1', SECRET);
    expect(sealed).not.toContain(SECRET);
    expect(openStored(key, 'user:1', sealed)).toBe(SECRET);
  });

  it('is encrypted differently each time', () => {
    expect(sealStored(key, 'user:1', SECRET)).not.toBe(sealStored(key, 'user:1', SECRET));
  });

  it.each([
    ['another key', randomBytes(32), 'user:1', (text: string) => text],
    ['another owner', key, 'user:2', (text: string) => text],
    ['a changed text', key, 'user:1', (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)],
    ['a shortened text', key, 'user:1', (text: string) => text.slice(0, 8)],
    ['no text', key, 'user:1', () => ''],
  ])('stays closed with %s', (_what, otherKey, owner, alter) => {
    expect(openStored(otherKey, owner, alter(sealStored(key, 'user:1', SECRET)))).toBeUndefined();
  });
});
