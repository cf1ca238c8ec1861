const DER_SEQUENCE = 0x30;
const LINE = /.{1,64}/g;

/** Returns a chosen certificate as PEM; DER is wrapped into it. */
export const readCertificateFile = async (file: File): Promise<string> => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] !== DER_SEQUENCE) {
    return new TextDecoder().decode(bytes);
  }
  const lines = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).match(LINE) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};
