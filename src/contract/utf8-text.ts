const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Returns the text of bytes in UTF-8, without a byte order mark; undefined for anything else, such as ISO 8859-1 or
 * UTF-16, of which nothing is guessed.
 */
export const utf8Text = (bytes: Uint8Array): string | undefined => {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return undefined;
  }
  // ASCII written as UTF-16 passes as UTF-8 with a NUL beside each letter.
  return text.includes('\0') ? undefined : text;
};
