import { constants, generateKeyPairSync, verify } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { signContent } from './sign-content.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const padding = constants.RSA_PKCS1_PSS_PADDING;

test('content is signed with RSA-PSS, SHA-256 and a salt of 222 bytes for 2048 bits', () => {
  const content = Buffer.from('{"format_version": 2}');
  const signature = signContent(privateKey, content);
  expect(signature).toHaveLength(256);
  expect(verify('sha256', content, { key: publicKey, padding, saltLength: 222 }, signature)).toBe(true);
  expect(verify('sha256', content, { key: publicKey, padding, saltLength: 32 }, signature)).toBe(false);
});

test('the signature of other content does not fit', () => {
  const signature = signContent(privateKey, Buffer.from('a'));
  expect(verify('sha256', Buffer.from('b'), { key: publicKey, padding, saltLength: 222 }, signature)).toBe(
    false,
  );
});
