import { useTranslation } from 'react-i18next';
import type { LedgerEntry } from '../../api/views.ts';
import { expiryBars } from './expiry-bars.ts';

const HIGHEST_REM = 7.5;

/** How many certificates expire in each of the next twelve months. */
export const CertificatesByEnd = ({ entries }: { readonly entries: readonly LedgerEntry[] }) => {
  const { t, i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language, { month: 'short', year: 'numeric' });
  const bars = expiryBars(new Date(), entries, {
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
