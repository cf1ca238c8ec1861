/** A passphrase as the two kinds of derivation take it. */
export interface PassphraseForm {
  readonly utf8: Buffer;
  /** UTF-16, big endian, with two bytes of zeros at its end. */
  readonly utf16: Buffer;
}

const formOf = (text: string): PassphraseForm => ({
  utf8: Buffer.from(text),
  utf16: Buffer.from(`${text}\0`, 'utf16le').swap16(),
});

/** Programs differ in whether a file without a passphrase has an empty one, or none at all: both are tried. */
export const passphraseForms = (passphrase: string | undefined): readonly PassphraseForm[] =>
  passphrase === undefined || passphrase === ''
    ? [formOf(''), { utf8: Buffer.alloc(0), utf16: Buffer.alloc(0) }]
    : [formOf(passphrase)];
