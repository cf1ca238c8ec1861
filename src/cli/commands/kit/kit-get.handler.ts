import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ZIP_ENCRYPTIONS } from '../../../contract/zip-encryption.ts';
import { KIT_HEADERS } from '../../../contract/wire-headers.ts';
import type { Handler } from '../../handler.ts';
import { formatBytes } from '../../output/format-bytes.ts';
import type { ApiClient } from '../../remote/api-client.ts';
import { connect } from '../../remote/find-connection.ts';
import { findAll, listSites, listUsers } from '../../remote/participants.ts';
import { exchangeKit } from '../../remote/queued-kit.ts';
import { requireNewFile, writeNewFile } from '../../remote/write-new-file.ts';
import { readPassphraseFile } from '../../settings/passphrase.ts';

const Raw = z.object({
  output: z.string().optional(),
  pinFile: z.string().optional(),
  encryption: z.enum(ZIP_ENCRYPTIONS),
});

const FIXED: Readonly<Record<string, string>> = {
  server1: '/servers/1/blob',
  server2: '/servers/2/blob',
  overseer: '/overseer/blob',
};

const pathOf = async (api: ApiClient, name: string): Promise<string> => {
  const fixed = FIXED[name];
  if (fixed !== undefined) {
    return fixed;
  }
  if (!name.includes('@')) {
    const [site] = findAll(await listSites(api), [name], 'site');
    return `/clients/${site?.id ?? 0}/blob`;
  }
  const [user] = findAll(await listUsers(api), [name], 'user');
  return `/users/${user?.id ?? 0}/blob`;
};

const FILE_NAME = /filename="([^"/\\]+)"/;

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** `dashboard kit get`: never overwrites a file. */
export const getKit: Handler = async (flags, [name = ''], { runtime, signal }) => {
  const { output, pinFile, encryption } = Raw.parse(flags);
  const into = resolve(runtime.cwd, output ?? '.');
  if (!isFolder(into)) {
    requireNewFile(into);
  }
  const api = await connect(flags, runtime, signal);
  const pin = pinFile === undefined ? undefined : await readPassphraseFile(resolve(runtime.cwd, pinFile));
  const path = await pathOf(api, name);
  const body = { encryption, ...(pin === undefined ? {} : { pin }) };
  const { headers, bytes } = await exchangeKit(api, { method: 'POST', path, body }, signal);
  const [, fileName = `${name}.zip`] = FILE_NAME.exec(headers['content-disposition'] ?? '') ?? [];
  const file = isFolder(into) ? join(into, fileName) : into;
  await writeNewFile(file, bytes);
  const unpacker = `${api.origin.replace(/\/$/, '')}/unpack_kit.py`;
  const generated = headers[KIT_HEADERS.pin];
  return {
    data: {
      state: 'downloaded',
      file,
      bytes: bytes.length,
      encryption,
      unpacker,
      serial: headers[KIT_HEADERS.serial],
      not_after: headers[KIT_HEADERS.notAfter],
      ...(generated === undefined ? {} : { pin: generated }),
    },
    lines: [
      `Saved: ${file} (${formatBytes(bytes.length)}).`,
      ...(generated === undefined ? [] : [`PIN:   ${String(generated)}`, 'It is not shown again.']),
      `Unpack and check it: python3 unpack_kit.py '${file}' (from ${unpacker}).`,
    ],
  };
};
