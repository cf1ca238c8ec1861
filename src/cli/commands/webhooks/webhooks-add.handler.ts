import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { WebhookSecretResponse } from '../../../contract/api/webhook.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { systemReason } from '../../../contract/system-reason.ts';
import type { Flags, Handler } from '../../handler.ts';
import type { Report } from '../../output/output.ts';
import { connect } from '../../remote/find-connection.ts';
import { newFilePath, writeNewFile } from '../../remote/write-new-file.ts';
import type { Runtime } from '../../runtime.ts';
import { findWebhook } from './find-webhook.ts';

const Raw = z.object({
  endpoint: z.string().optional(),
  endpointFile: z.string().optional(),
  format: z.string().optional(),
  event: z.array(z.string()).optional(),
  language: z.string().optional(),
});

const readEndpoint = async (
  { endpoint, endpointFile }: z.infer<typeof Raw>,
  { cwd }: Runtime,
): Promise<string> => {
  if (endpointFile === undefined) {
    return endpoint ?? '';
  }
  const path = resolve(cwd, endpointFile);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw CLI_ERRORS.fileUnusable(
      { path, reason: systemReason(error), advice: 'Name a readable file.' },
      { cause: error },
    );
  });
  return text.trim();
};

const secretFileOf = (flags: Flags, { cwd }: Runtime): string | undefined => {
  const { secretFile } = z.object({ secretFile: z.string().optional() }).parse(flags);
  // Before anything is changed: a secret that cannot be kept would be lost.
  return newFilePath(secretFile, cwd);
};

const report = async (
  state: string,
  { webhook, secret }: z.infer<typeof WebhookSecretResponse>,
  file: string | undefined,
): Promise<Report> => {
  if (file !== undefined) {
    await writeNewFile(file, `${secret}\n`);
  }
  return {
    data: { state, webhook, ...(file === undefined ? { secret } : { secret_file: file }) },
    lines: [
      `${state === 'added' ? 'Added' : 'Renewed'}: ${webhook.name}, ${webhook.origin}`,
      file === undefined ? `Secret: ${secret}` : `The secret is in ${file}.`,
      'It is not shown again. Try the webhook with `dashboard webhooks test`.',
    ],
  };
};

/** `dashboard webhooks add` */
export const add: Handler = async (flags, [name = ''], { runtime, signal }) => {
  const raw = Raw.parse(flags);
  const url = await readEndpoint(raw, runtime);
  const file = secretFileOf(flags, runtime);
  const api = await connect(flags, runtime, signal);
  const body = { name, url, format: raw.format, events: raw.event, language: raw.language };
  const added = await api.call(WebhookSecretResponse, { method: 'POST', path: '/webhooks', body });
  return report('added', added, file);
};

/** `dashboard webhooks renew-secret` */
export const renew: Handler = async (flags, [name = ''], { runtime, signal }) => {
  const file = secretFileOf(flags, runtime);
  const api = await connect(flags, runtime, signal);
  const { id } = await findWebhook(api, name);
  const renewed = await api.call(WebhookSecretResponse, { method: 'POST', path: `/webhooks/${id}/secret` });
  return report('renewed', renewed, file);
};
