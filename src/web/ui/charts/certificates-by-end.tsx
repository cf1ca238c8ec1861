import { useTranslation } from 'react-i18next';
import type { LedgerEntry } from '../../api/views.ts';

const MONTHS = 12;
const HIGHEST_REM = 7.5;

interface Bar {
  readonly key: string;
  readonly label: string;
  readonly count: number;
}

const monthOf = (date: Date): number => date.getFullYear() * 12 + date.getMonth();

/** Expired ones, the twelve months from today on, and all later ones. */
const barsOf = (
  today: Date,
  entries: readonly LedgerEntry[],
  label: { readonly expired: string; readonly later: string; readonly month: (date: Date) => string },
): readonly Bar[] => {
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

/** How many certificates expire in each of the next twelve months. */
export const CertificatesByEnd = ({ entries }: { readonly entries: readonly LedgerEntry[] }) => {
  const { t, i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language, { month: 'short', year: 'numeric' });
  const bars = barsOf(new Date(), entries, {
    expired: t('certificates.expired'),
    later: t('certificates.later'),
    month: (date) => format.format(date),
  });
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const label = bars
    .filter((bar) => bar.count > 0)
    .map((bar) => t('certificates.byEndText', { count: bar.count, month: bar.label }))
    .join('; ');
  return (
    <div className="months" role="img" aria-label={label}>
      {bars.map((bar) => (
        <div key={bar.key} className="month">
          <span>{bar.count > 0 ? bar.count : ''}</span>
          <div className="month-bar" style={{ height: `${(bar.count / most) * HIGHEST_REM}rem` }} />
          <span className="month-name">{bar.label}</span>
        </div>
      ))}
    </div>
  );
};
