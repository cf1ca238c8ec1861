import { createPrivateKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Parts of a private key in the forms in which it could be kept: as bytes, hexadecimal and lines of PEM. */
const tracesOf = (pem: string): readonly Buffer[] => {
  const key = createPrivateKey(pem);
  const { p = '', q = '', d = '' } = key.export({ format: 'jwk' });
  const numbers = [p, q, d].map((text) => Buffer.from(text, 'base64url'));
  const pems = (['pkcs1', 'pkcs8'] as const).map((type) => key.export({ type, format: 'pem' }).toString());
  // The first lines hold the public modulus.
  const lines = pems.flatMap((text) => text.trim().split('\n').slice(10, -1));
  return [
    ...numbers.map((number) => number.subarray(4, 36)),
    ...numbers.map((number) => Buffer.from(number.subarray(4, 36).toString('hex'))),
    ...lines.filter((line) => line.length === 64).map((line) => Buffer.from(line)),
  ];
};

/**
 * Returns the files below a folder that hold any part of a private key.
 *
 * @param pem the key
 */
export const filesWithKey = (folder: string, pem: string): readonly string[] => {
  const traces = tracesOf(pem);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = readFileSync(file);
      return traces.some((trace) => content.includes(trace));
    })
    .toSorted();
};
