import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rm, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { PairStore, StoredPair } from '../../pki/key-pool.ts';
import type { RsaKeyPair } from '../../pki/rsa-key-pair.ts';
import { openStored, sealStored } from '../auth/stored-secret.ts';

/** In the project folder, not in the database: a database that is set back would bring used pairs back. */
const FOLDER = '.key-stock';
const NAME = /^[\da-f]{32}$/;

const Stored = z.object({
  bits: z.union([z.literal(2048), z.literal(3072), z.literal(4096)]),
  publicKey: z.string(),
  privateKey: z.string(),
});

const textOf = ({ bits, publicKeyDer, privateKeyPem }: RsaKeyPair): string =>
  JSON.stringify({
    bits,
    publicKey: Buffer.from(publicKeyDer).toString('base64'),
    privateKey: privateKeyPem,
  });

const pairOf = (text: string): RsaKeyPair => {
  const { bits, publicKey, privateKey } = Stored.parse(JSON.parse(text));
  return { bits, publicKeyDer: Buffer.from(publicKey, 'base64'), privateKeyPem: privateKey };
};

/**
 * Binds a pair to its file: no tool restores number and time of creation, so that a copy of the project folder, in
 * which pairs lie that were used since, holds none.
 */
const ownerOf = async (handle: FileHandle, name: string): Promise<string> => {
  const { ino, birthtimeNs } = await handle.stat({ bigint: true });
  return `${name} ${ino} ${birthtimeNs}`;
};

const write = async (path: string, key: Uint8Array, name: string, pair: RsaKeyPair): Promise<void> => {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(sealStored(key, await ownerOf(handle, name), textOf(pair)));
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** @returns undefined for what this key does not open, here */
const read = async (path: string, key: Uint8Array, name: string): Promise<string | undefined> => {
  const handle = await open(path, 'r');
  try {
    return openStored(key, await ownerOf(handle, name), await handle.readFile('utf8'));
  } finally {
    await handle.close();
  }
};

/** Whoever removes the file has the pair; what was removed stays removed after a power cut. */
const release = async (folder: string, name: string): Promise<void> => {
  await unlink(join(folder, name));
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Key pairs of an earlier run, and where those of this one are kept. */
export interface KeyStock {
  readonly store: PairStore;
  readonly found: readonly StoredPair[];
}

/**
 * Opens the stock of key pairs that outlives a restart, one encrypted file for each; removes what this key does not open.
 *
 * @param key from which the encryption is derived
 */
export const openKeyStock = async (webRoot: string, key: Uint8Array): Promise<KeyStock> => {
  const folder = join(webRoot, FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const readPair = async (name: string): Promise<readonly StoredPair[]> => {
    const path = join(folder, name);
    const text = NAME.test(name) ? await read(path, key, name) : undefined;
    if (text === undefined) {
      await rm(path, { recursive: true, force: true });
      return [];
    }
    return [{ pair: pairOf(text), release: () => release(folder, name) }];
  };
  const names = await readdir(folder);
  return {
    found: (await Promise.all(names.map(readPair))).flat(),
    store: {
      save: async (pair) => {
        const name = randomBytes(16).toString('hex');
        await write(join(folder, name), key, name, pair);
        return () => release(folder, name);
      },
    },
  };
};
