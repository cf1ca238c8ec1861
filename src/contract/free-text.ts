/**
 * Characters that nobody sees, or that change how what follows is shown: control and format characters (zero-width,
 * bidirectional, byte order mark), surrogates, separators of lines and paragraphs, and letters drawn as nothing.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** What a line of free text must not hold: names, titles, reasons. */
export const hasHiddenCharacters = (line: string): boolean => HIDDEN.test(line);

/** The same for text of several lines, where tabs and line breaks are what they look like. */
export const hasHiddenCharactersInLines = (text: string): boolean =>
  HIDDEN.test(text.replace(/[\t\n\r]/g, ' '));
