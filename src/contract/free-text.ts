import { z } from 'zod';
import type { FieldCode } from './errors.ts';
import { MAX_MESSAGE } from './max-message.ts';

/**
 * Characters that nobody sees, or that change how what follows is shown: control and format characters (zero-width,
 * bidirectional, byte order mark), surrogates, separators of lines and paragraphs, and letters drawn as nothing.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Returns true for a line with characters that free text, such as a name or reason, must not hold. */
export const hasHiddenCharacters = (line: string): boolean => HIDDEN.test(line);

/** The same for text of several lines, where tabs and line breaks are what they look like. */
export const hasHiddenCharactersInLines = (text: string): boolean =>
  HIDDEN.test(text.replace(/[\t\n\r]/g, ' '));

const MAX_BYTES = 512;
const TOO_LONG = `is longer than ${MAX_BYTES} bytes`;
const CONTROL_CHARACTERS: FieldCode = 'control_characters';
/** Message and code for text with hidden characters. */
export const HIDDEN_FOUND = {
  message: 'holds control or invisible characters',
  params: { code: CONTROL_CHARACTERS },
};

/** A text of 512 bytes of UTF-8 at most, whatever it holds. */
export const ShortText = z
  .string()
  .max(MAX_BYTES, TOO_LONG)
  .refine((text) => new TextEncoder().encode(text).length <= MAX_BYTES, TOO_LONG);

/** A line that people read, such as a name: a short text without anything invisible. */
export const FreeLine = ShortText.refine((line) => !hasHiddenCharacters(line), HIDDEN_FOUND).describe(
  'One line without control or invisible characters, 512 bytes of UTF-8 at most',
);

/** The same of several lines, such as a description. */
export const FreeText = ShortText.refine((text) => !hasHiddenCharactersInLines(text), HIDDEN_FOUND).describe(
  'Lines without control or invisible characters, 512 bytes of UTF-8 at most',
);

/** Message to another person: lines that hold more than spaces. */
export const FreeMessage = z
  .string()
  .max(MAX_MESSAGE, `is longer than ${MAX_MESSAGE} characters`)
  .regex(/\S/, 'is missing')
  .refine((text) => !hasHiddenCharactersInLines(text), HIDDEN_FOUND)
  .describe(`Lines without control or invisible characters, ${MAX_MESSAGE} characters at most`);
