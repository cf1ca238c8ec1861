import { isPkcs12 } from '../../../contract/pkcs12.ts';

const DER_SEQUENCE = 0x30;
/** Bytes that tell what a file is. */
const HEAD = 16;
const LINE = /.{1,64}/g;

const base64Of = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** True where a chosen file holds a key as well. */
export const isPkcs12File = async (file: File): Promise<boolean> =>
  isPkcs12(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));

/** Returns a chosen file of PKCS#12 in base64. */
export const readPkcs12File = async (file: File): Promise<string> =>
  base64Of(new Uint8Array(await file.arrayBuffer()));

/** Returns a chosen certificate as PEM; DER is wrapped into it. */
export const readCertificateFile = async (file: File): Promise<string> => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] !== DER_SEQUENCE) {
    return new TextDecoder().decode(bytes);
  }
  const lines = base64Of(bytes).match(LINE) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};
