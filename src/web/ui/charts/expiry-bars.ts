const MONTHS = 12;

/** One bar of the chart. */
export interface ExpiryBar {
  readonly key: string;
  readonly label: string;
  readonly count: number;
}

interface Expiry {
  /** Expired, and not superseded. */
  readonly expired: number;
  /** Those in force by the month in which they expire, such as "2026-12". */
  readonly months: readonly { readonly month: string; readonly count: number }[];
}

const sum = (counts: readonly { readonly count: number }[]): number =>
  counts.reduce((total, { count }) => total + count, 0);

/** Shows expired certificates, those of the twelve months from today on, and all later ones. */
export const expiryBars = (
  today: Date,
  { expired, months }: Expiry,
  label: { readonly expired: string; readonly later: string; readonly month: (date: Date) => string },
): readonly ExpiryBar[] => {
  const bars = Array.from({ length: MONTHS }, (_, ahead) => {
    const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + ahead, 1));
    const key = first.toISOString().slice(0, 7);
    return { key, label: label.month(first), count: sum(months.filter(({ month }) => month === key)) };
  });
  const last = bars.at(-1)?.key ?? '';
  const later = sum(months.filter(({ month }) => month > last));
  return [
    ...(expired > 0 ? [{ key: 'expired', label: label.expired, count: expired }] : []),
    ...bars,
    ...(later > 0 ? [{ key: 'later', label: label.later, count: later }] : []),
  ];
};
