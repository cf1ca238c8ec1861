import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { RequestResponse, type RequestView } from '../../../contract/api/requests.ts';
import type { Handler } from '../../handler.ts';
import type { ApiClient } from '../../remote/api-client.ts';
import { connect } from '../../remote/find-connection.ts';
import { findRequest } from '../../remote/requests.ts';
import { requireNewFile, writeNewFile } from '../../remote/write-new-file.ts';

const Raw = z.object({ output: z.string().optional(), kit: z.boolean().default(false) });

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

interface Fetched {
  readonly fileName: string;
  readonly content: Buffer | string;
}

const contentOf = async (api: ApiClient, { id, name, form }: RequestView, kit: boolean): Promise<Fetched> => {
  if (kit) {
    const { bytes } = await api.exchange({ path: `/requests/${id}/kit.zip` });
    return { fileName: `${name}.kit.zip`, content: bytes };
  }
  if (form === 'nvflare') {
    const { bytes } = await api.exchange({ path: `/requests/${id}/signed.zip` });
    return { fileName: `${name}.signed.zip`, content: bytes };
  }
  const { request } = await api.call(RequestResponse, { path: `/requests/${id}` });
  return { fileName: `${name}.crt`, content: request.certificate ?? '' };
};

/** `dashboard request fetch`: never overwrites a file. */
export const fetchSigned: Handler = async (flags, [word = ''], { runtime, signal }) => {
  const { output, kit } = Raw.parse(flags);
  const into = resolve(runtime.cwd, output ?? '.');
  if (!isFolder(into)) {
    requireNewFile(into);
  }
  const api = await connect(flags, runtime, signal);
  const request = await findRequest(api, word, 'approved');
  const { fileName, content } = await contentOf(api, request, kit);
  const file = isFolder(into) ? join(into, fileName) : into;
  await writeNewFile(file, content);
  const command = kit ? undefined : request.package_command;
  return {
    data: { state: 'fetched', file, request },
    lines: [
      `Saved: ${file}`,
      ...(kit ? ['Unpack it beside the key, then run:', 'startup/place-key.sh KEY'] : []),
      ...(command === undefined ? [] : ['In the folder that `nvflare cert request` made, run:', command]),
    ],
  };
};
