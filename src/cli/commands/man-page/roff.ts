/** Escapes a text for roff(7): backslashes, dashes that are to be typed, and what would begin a request. */
export const roffText = (text: string): string =>
  text
    .replaceAll('\\', String.raw`\e`)
    .replaceAll('-', String.raw`\-`)
    .replaceAll('…', '...')
    .replaceAll('→', String.raw`\(->`)
    .replace(/^([.'])/gm, String.raw`\&$1`);

/** One argument of a request; it may hold spaces. */
const roffArgument = (text: string): string => `"${roffText(text).replaceAll('"', String.raw`\(dq`)}"`;

export const section = (title: string): string => `.SH ${roffArgument(title.toUpperCase())}`;
export const subsection = (title: string): string => `.SS ${roffArgument(title)}`;
export const paragraph = (text: string): readonly string[] => ['.PP', roffText(text)];

/** A term in bold with its text below. */
export const item = (term: string, text: string): readonly string[] => [
  '.TP',
  `.B ${roffArgument(term)}`,
  roffText(text),
];

/** Lines as they are typed. */
export const verbatim = (lines: readonly string[]): readonly string[] => [
  '.PP',
  '.RS 4',
  '.nf',
  ...lines.map(roffText),
  '.fi',
  '.RE',
];
