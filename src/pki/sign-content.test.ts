import { constants, generateKeyPairSync, verify } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { signContent } from './sign-content.ts';

// Too small for use and quick to make; the longest salt is what hash and two bytes leave of its 128.
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const MAX = 128 - 32 - 2;
const padding = constants.RSA_PKCS1_PSS_PADDING;

test('content is signed with RSA-PSS, SHA-256 and the longest salt the key allows', async () => {
  const content = Buffer.from('{"format_version": 2}');
  const signature = await signContent(privateKey, content);
  expect(signature).toHaveLength(128);
  expect(verify('sha256', content, { key: publicKey, padding, saltLength: MAX }, signature)).toBe(true);
  expect(verify('sha256', content, { key: publicKey, padding, saltLength: 32 }, signature)).toBe(false);
});

test('the signature of other content does not fit', async () => {
  const signature = await signContent(privateKey, Buffer.from('a'));
  expect(verify('sha256', Buffer.from('b'), { key: publicKey, padding, saltLength: MAX }, signature)).toBe(
    false,
  );
});
