/** A stored day ("Mon Nov 23 2026", or any date text) as YYYY-MM-DD; null when it is none. */
export const dayOf = (stored: string): string | null => {
  const time = Date.parse(stored);
  if (stored === '' || Number.isNaN(time)) {
    return null;
  }
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

/** YYYY-MM-DD as it is stored: the form that `Date.toDateString` writes; empty for none. */
export const storedDay = (day: string | null): string => {
  if (day === null) {
    return '';
  }
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).toDateString();
};
