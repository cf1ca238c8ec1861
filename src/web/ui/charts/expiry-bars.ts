const MONTHS = 12;

/** One bar of the chart. */
export interface ExpiryBar {
  readonly key: string;
  readonly label: string;
  readonly count: number;
}

const monthOf = (date: Date): number => date.getFullYear() * 12 + date.getMonth();

/** Counts expired certificates, those of the twelve months from today on, and all later ones. */
export const expiryBars = (
  today: Date,
  entries: readonly { readonly not_after: string }[],
  label: { readonly expired: string; readonly later: string; readonly month: (date: Date) => string },
): readonly ExpiryBar[] => {
  const ends = entries.map((entry) => new Date(entry.not_after));
  const valid = ends.filter((end) => end >= today).map(monthOf);
  const first = monthOf(today);
  const months = Array.from({ length: MONTHS }, (_, ahead) => ({
    key: String(first + ahead),
    label: label.month(new Date(today.getFullYear(), today.getMonth() + ahead, 1)),
    count: valid.filter((month) => month === first + ahead).length,
  }));
  const expired = ends.length - valid.length;
  const later = valid.filter((month) => month >= first + MONTHS).length;
  return [
    ...(expired > 0 ? [{ key: 'expired', label: label.expired, count: expired }] : []),
    ...months,
    ...(later > 0 ? [{ key: 'later', label: label.later, count: later }] : []),
  ];
};
