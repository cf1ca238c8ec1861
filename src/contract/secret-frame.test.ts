import { describe, expect, test } from '@jest/globals';
import { decodeSecretFrame, encodeSecretFrame } from './secret-frame.ts';

const secrets = { credential: 'a@example.org:pass:word:Org', passphrase: 'pässphrase ✓' };

describe('secret frame', () => {
  test('gives back what was put in', () => {
    expect(decodeSecretFrame(encodeSecretFrame(secrets))).toEqual(secrets);
  });

  test('is found behind what an engine puts before it', () => {
    const received = Buffer.concat([Buffer.from('{"stream":true}'), encodeSecretFrame(secrets)]);
    expect(decodeSecretFrame(received)).toEqual(secrets);
  });

  test('is undefined while any byte of it is missing', () => {
    const frame = encodeSecretFrame(secrets);
    for (let length = 0; length < frame.length; length += 1) {
      expect(decodeSecretFrame(frame.subarray(0, length))).toBeUndefined();
    }
  });

  test('is refused when its body was changed', () => {
    const frame = encodeSecretFrame(secrets);
    frame.writeUInt8(frame.readUInt8(frame.length - 1) ^ 1, frame.length - 1);
    expect(() => decodeSecretFrame(frame)).toThrow('checksum');
  });

  test('is refused when it claims more than a secret can take', () => {
    const frame = encodeSecretFrame(secrets);
    frame.writeUInt32BE(0x7fffffff, 8);
    expect(() => decodeSecretFrame(frame)).toThrow('length');
  });
});
