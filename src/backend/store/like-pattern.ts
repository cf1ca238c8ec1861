/** Pattern for `lower(column) like … escape '\'` that finds the text anywhere; its own wildcards are taken literally. */
export const likePattern = (text: string): string =>
  `%${text.toLowerCase().replace(/[\\%_]/g, String.raw`\$&`)}%`;
