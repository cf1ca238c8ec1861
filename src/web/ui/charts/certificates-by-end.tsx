import { useTranslation } from 'react-i18next';
import type { LedgerEntry } from '../../api/views.ts';

const MONTHS = 12;
const HIGHEST_REM = 7.5;

interface Month {
  readonly key: number;
  readonly label: string;
  readonly count: number;
}

const monthsFrom = (start: Date, entries: readonly LedgerEntry[], language: string): readonly Month[] => {
  const format = new Intl.DateTimeFormat(language, { month: 'short', year: '2-digit' });
  const keyOf = (date: Date) => date.getFullYear() * 12 + date.getMonth();
  const ends = entries.map((entry) => keyOf(new Date(entry.not_after)));
  return Array.from({ length: MONTHS }, (_, ahead) => {
    const month = new Date(start.getFullYear(), start.getMonth() + ahead, 1);
    const key = keyOf(month);
    return { key, label: format.format(month), count: ends.filter((end) => end === key).length };
  });
};

/** How many certificates end in each of the twelve months before and with the last end. */
export const CertificatesByEnd = ({ entries }: { readonly entries: readonly LedgerEntry[] }) => {
  const { t, i18n } = useTranslation();
  const last = new Date(Math.max(...entries.map((entry) => Date.parse(entry.not_after))));
  const start = new Date(last.getFullYear(), last.getMonth() - MONTHS + 1, 1);
  const months = monthsFrom(start, entries, i18n.language);
  const most = Math.max(1, ...months.map((month) => month.count));
  const label = months
    .filter((month) => month.count > 0)
    .map((month) => t('certificates.byEndText', { count: month.count, month: month.label }))
    .join('; ');
  return (
    <div className="months" role="img" aria-label={label}>
      {months.map((month) => (
        <div key={month.key} className="month">
          <span>{month.count > 0 ? month.count : ''}</span>
          <div className="month-bar" style={{ height: `${(month.count / most) * HIGHEST_REM}rem` }} />
          <span className="month-name">{month.label}</span>
        </div>
      ))}
    </div>
  );
};
