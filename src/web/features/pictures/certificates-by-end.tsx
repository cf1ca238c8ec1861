import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerEntry } from '../../api/views.ts';

const MONTHS = 12;
const WIDTH = 720;
const HEIGHT = 120;
const SLOT = WIDTH / MONTHS;

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
  const id = useId();
  const last = new Date(Math.max(...entries.map((entry) => Date.parse(entry.not_after))));
  const start = new Date(last.getFullYear(), last.getMonth() - MONTHS + 1, 1);
  const months = monthsFrom(start, entries, i18n.language);
  const most = Math.max(1, ...months.map((month) => month.count));
  const label = months
    .filter((month) => month.count > 0)
    .map((month) => t('certificates.byEndText', { count: month.count, month: month.label }))
    .join('; ');
  return (
    <svg className="picture" viewBox={`0 0 ${WIDTH} ${HEIGHT + 40}`} role="img" aria-labelledby={id}>
      <title id={id}>{label}</title>
      {months.map((month, at) => {
        const height = (month.count / most) * HEIGHT;
        return (
          <g key={month.key} transform={`translate(${at * SLOT} 0)`}>
            <rect className="picture-empty" x={6} y={HEIGHT + 15} width={SLOT - 12} height={2} />
            <rect
              className="picture-approved"
              x={6}
              y={HEIGHT + 15 - height}
              width={SLOT - 12}
              height={height}
            />
            {month.count > 0 ? (
              <text className="picture-text" x={SLOT / 2} y={HEIGHT + 10 - height} textAnchor="middle">
                {month.count}
              </text>
            ) : null}
            <text className="picture-text" x={SLOT / 2} y={HEIGHT + 34} textAnchor="middle">
              {month.label}
            </text>
          </g>
        );
      })}
    </svg>
  );
};
