import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { RequestResponse } from '../../../contract/api/requests.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { systemReason } from '../../../contract/system-reason.ts';
import type { Handler } from '../../handler.ts';
import { tableLines } from '../../output/table-lines.ts';
import { connect } from '../../remote/find-connection.ts';
import { listRequests, requestLines } from '../../remote/requests.ts';

const Raw = z.object({ pending: z.boolean().optional() });

/** More than the API takes; a real request has 2 KB. */
const MAX_BYTES = 90 * 1024;

const readRequestFile = async (path: string): Promise<Buffer> => {
  const advice = 'Name the NAME.request.zip of `nvflare cert request`, or a PKCS#10 request.';
  const content = await readFile(path).catch((error: unknown) => {
    throw CLI_ERRORS.fileUnusable({ path, reason: systemReason(error), advice }, { cause: error });
  });
  if (content.length === 0 || content.length > MAX_BYTES) {
    throw CLI_ERRORS.fileUnusable({ path, reason: `it has ${content.length} bytes`, advice });
  }
  if (content.includes('PRIVATE KEY')) {
    throw CLI_ERRORS.fileUnusable({
      path,
      reason: 'it contains a private key, which was not sent',
      advice: 'Name the request; the key stays where it is.',
    });
  }
  return content;
};

/** `dashboard request submit` */
export const submit: Handler = async (flags, [file = ''], { runtime, signal }) => {
  const content = await readRequestFile(resolve(runtime.cwd, file));
  const api = await connect(flags, runtime, signal);
  const { request } = await api.call(RequestResponse, {
    method: 'POST',
    path: '/requests',
    body: { request: content.toString('base64') },
  });
  return {
    data: { state: 'submitted', request },
    lines: [
      ...requestLines(request),
      'It waits for the project admin. Once it is approved:',
      `dashboard request fetch ${request.id}`,
    ],
  };
};

/** `dashboard request list` */
export const list: Handler = async (flags, _words, { runtime, signal }) => {
  const { pending = false } = Raw.parse(flags);
  const api = await connect(flags, runtime, signal);
  const requests = await listRequests(api, pending ? 'pending' : undefined);
  const rows = requests.map(({ id, name, state, key_bits, public_key_sha256: key }) => [
    id,
    name,
    state,
    `RSA ${key_bits}`,
    key,
  ]);
  return {
    data: { requests },
    lines:
      requests.length === 0 ? ['None.'] : tableLines([['ID', 'NAME', 'STATE', 'KEY', 'SHA-256'], ...rows]),
  };
};
