import { api } from '../../api/client.ts';
import { problemOf } from '../../api/problem.ts';
import type { ZipEncryption } from '../../../contract/zip-encryption.ts';
import { KIT_HEADERS } from '../../../contract/wire-headers.ts';
import { sha256 } from './sha256.ts';

/** The participant that a kit is for. */
export type KitSource =
  | { readonly kind: 'user' | 'site'; readonly id: number; readonly name: string }
  | { readonly kind: 'server'; readonly id: 1 | 2; readonly name: string }
  | { readonly kind: 'overseer'; readonly id: 0; readonly name: string };

/** The same for the same participant. */
export const keyOf = (source: KitSource): string => `${source.kind}-${source.id}`;

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
  const { data, error, response } = await ask(source, { encryption, ...(pin === '' ? {} : { pin }) });
  if (!(data instanceof Blob)) {
    throw problemOf(error, response);
  }
  const header = (name: string) => response.headers.get(name) ?? '';
  return {
    zip: data,
    fileName: fileNameOf(response, source.name),
    pin: header(KIT_HEADERS.pin) || pin,
    sha256: sha256(new Uint8Array(await data.arrayBuffer())),
    serial: header(KIT_HEADERS.serial),
    notAfter: header(KIT_HEADERS.notAfter),
    encryption,
  };
};
