import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { StatusResponse } from '../../contract/api/response.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import { systemReason } from '../../contract/system-reason.ts';
import type { ApiClient } from './api-client.ts';

/** As the backend's, which shows the hash of what it has. */
const HASH_LENGTH = 16;

/** A project's logo as it is to be. */
export interface WantedLogo {
  /** Base64; empty for none. */
  readonly content: string;
  /** What the API shows once it is stored; empty for none. */
  readonly hash: string;
}

/** @param name a file, from the folder; empty for no logo @throws CliError `file_unusable` */
export const readLogo = async (name: string, folder: string): Promise<WantedLogo> => {
  if (name === '') {
    return { content: '', hash: '' };
  }
  const path = resolve(folder, name);
  const bytes = await readFile(path).catch((cause: unknown) => {
    const advice = 'Name a readable PNG or JPEG picture.';
    throw CLI_ERRORS.fileUnusable({ path, reason: systemReason(cause), advice }, { cause });
  });
  return {
    content: bytes.toString('base64'),
    hash: createHash('sha256').update(bytes).digest('base64url').slice(0, HASH_LENGTH),
  };
};

/** Stores the logo, or removes it. */
export const storeLogo = async (api: ApiClient, { content }: WantedLogo): Promise<void> => {
  const path = '/project/logo';
  await (content === ''
    ? api.call(StatusResponse, { method: 'DELETE', path })
    : api.call(StatusResponse, { method: 'PUT', path, body: { content } }));
};
