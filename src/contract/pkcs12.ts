const SEQUENCE = 0x30;
const LONG_FORM = 0x80;
/** The version of a PFX (RFC 7292, 4): integer 3. A certificate has a sequence in its place. */
const VERSION_3 = [0x02, 0x01, 0x03];

/** True for a file of PKCS#12, in DER or BER. */
export const isPkcs12 = (bytes: Uint8Array): boolean => {
  const [tag, length = 0] = bytes;
  const start = 2 + (length > LONG_FORM ? length - LONG_FORM : 0);
  return tag === SEQUENCE && VERSION_3.every((byte, index) => bytes[start + index] === byte);
};
