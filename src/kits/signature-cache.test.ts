import { expect, test } from '@jest/globals';
import { SignatureCache } from './signature-cache.ts';

const CONTENT = Buffer.from('rootCA.pem');

const countingSigner = () => {
  let count = 0;
  return {
    count: () => count,
    sign: () => {
      count += 1;
      return Promise.resolve(Buffer.from(`signature ${count}`));
    },
  };
};

test('signs a content once for all that need it at the same time', async () => {
  const cache = new SignatureCache(8);
  const signer = countingSigner();
  const signatures = await Promise.all([1, 2, 3].map(() => cache.signature('root', CONTENT, signer.sign)));
  expect(new Set(signatures).size).toBe(1);
  expect(signer.count()).toBe(1);
});

test('signs again for another key', async () => {
  const cache = new SignatureCache(8);
  const signer = countingSigner();
  const first = await cache.signature('root', CONTENT, signer.sign);
  expect(await cache.signature('other root', CONTENT, signer.sign)).not.toBe(first);
});

test('drops the signature that was used longest ago', async () => {
  const cache = new SignatureCache(2);
  const signer = countingSigner();
  for (const content of ['a', 'b', 'a', 'c', 'a']) {
    await cache.signature('root', Buffer.from(content), signer.sign);
  }
  expect(signer.count()).toBe(3);
  await cache.signature('root', Buffer.from('b'), signer.sign);
  expect(signer.count()).toBe(4);
});

test('does not keep a failure', async () => {
  const cache = new SignatureCache(8);
  const failing = () => Promise.reject(new Error('no key'));
  await expect(cache.signature('root', CONTENT, failing)).rejects.toThrow('no key');
  const signer = countingSigner();
  expect(await cache.signature('root', CONTENT, signer.sign)).not.toBe('');
});
