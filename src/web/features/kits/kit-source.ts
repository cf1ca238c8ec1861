import { api } from '../../api/client.ts';
import type { Site } from '../../api/views.ts';
import { problemOf, type Problem } from '../../api/problem.ts';
import { KIT_QUEUE, untilServed } from '../../../contract/kit-queue.ts';
import type { ZipEncryption } from '../../../contract/zip-encryption.ts';
import { KIT_HEADERS } from '../../../contract/wire-headers.ts';
import { sha256 } from './sha256.ts';

/** The participant that a kit is for. */
export type KitSource =
  | { readonly kind: 'user'; readonly id: number; readonly name: string }
  | {
      readonly kind: 'site';
      readonly type: Site['type'];
      readonly id: number;
      readonly name: string;
    }
  | { readonly kind: 'server'; readonly id: 1 | 2; readonly name: string }
  | { readonly kind: 'overseer'; readonly id: 0; readonly name: string };

/** The same for the same participant. */
export const keyOf = (source: KitSource): string => `${source.kind}-${source.id}`;

/** True for a server and a site; a relay starts in no other way than by its script. */
export const isDeployable = (source: KitSource): boolean =>
  source.kind === 'server' || (source.kind === 'site' && source.type === 'client');

/** Encryption and PIN of a kit. */
export interface KitChoice {
  /** Empty for one that the backend generates. */
  readonly pin: string;
  readonly encryption: ZipEncryption;
}

/** A kit that was made, and all the page knows of it. */
export interface GeneratedKit {
  readonly zip: Blob;
  readonly fileName: string;
  readonly pin: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly serial: string;
  /** HTTP date. */
  readonly notAfter: string;
  readonly encryption: ZipEncryption;
}

const fileNameOf = (response: Response, fallback: string): string =>
  /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? `${fallback}.zip`;

const ask = (source: KitSource, body: { pin?: string; encryption: ZipEncryption }) => {
  const options = { body, parseAs: 'blob' } as const;
  switch (source.kind) {
    case 'user':
      return api.POST('/api/v1/users/{id}/blob', { params: { path: { id: source.id } }, ...options });
    case 'site':
      return api.POST('/api/v1/clients/{id}/blob', { params: { path: { id: source.id } }, ...options });
    case 'server':
      return api.POST('/api/v1/servers/{id}/blob', { params: { path: { id: source.id } }, ...options });
    case 'overseer':
      return api.POST('/api/v1/overseer/blob', options);
  }
};

const isQueued = ({ code, detail }: Problem): boolean =>
  code === 'unavailable' && detail.fields.some(({ path }) => path === KIT_QUEUE);

/** Waits as long as others are served first. @throws Problem */
const served = async (source: KitSource, body: Parameters<typeof ask>[1]) => {
  const { result, problem } = await untilServed(
    async () => {
      const response = await ask(source, body);
      const { data, error } = response;
      return data instanceof Blob
        ? { result: { zip: data, response: response.response } }
        : { problem: problemOf(error, response.response) };
    },
    ({ problem: refused }) =>
      refused !== undefined && isQueued(refused) ? refused.detail.retryAfter : undefined,
    (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  );
  if (result === undefined) {
    throw problem;
  }
  return result;
};

/**
 * Has a kit made.
 *
 * @param choice with an empty PIN the backend generates one
 * @throws Problem when the server refuses or does not respond
 */
export const generateKit = async (
  source: KitSource,
  { pin, encryption }: KitChoice,
): Promise<GeneratedKit> => {
  const { zip, response } = await served(source, { encryption, ...(pin === '' ? {} : { pin }) });
  const header = (name: string) => response.headers.get(name) ?? '';
  return {
    zip,
    fileName: fileNameOf(response, source.name),
    pin: header(KIT_HEADERS.pin) || pin,
    sha256: sha256(new Uint8Array(await zip.arrayBuffer())),
    serial: header(KIT_HEADERS.serial),
    notAfter: header(KIT_HEADERS.notAfter),
    encryption,
  };
};
