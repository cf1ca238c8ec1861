/**
 * Time as the tables hold it: `YYYY-MM-DD HH:MM:SS.ffffff`, UTC, as SQLAlchemy writes it.
 *
 * @param date millisecond precision; the last three digits are zero
 */
export const toTimestamp = (date: Date): string => `${date.toISOString().slice(0, -1).replace('T', ' ')}000`;

/**
 * Reads a stored time.
 *
 * @returns the epoch's start for an empty or unreadable text, as old databases may hold one
 */
export const fromTimestamp = (text: string): Date => {
  const milliseconds = Date.parse(`${text.slice(0, 23).replace(' ', 'T')}Z`);
  return new Date(Number.isNaN(milliseconds) ? 0 : milliseconds);
};

/** HTTP date (RFC 9110, 5.6.7) of a stored time. */
export const toHttpDate = (text: string): string => fromTimestamp(text).toUTCString();
