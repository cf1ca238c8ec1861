import { useTranslation } from 'react-i18next';
import type { Overview } from '../../api/views.ts';
import { expiryBars } from './expiry-bars.ts';

const HIGHEST_REM = 7.5;

/** Shows the number of certificates that expire in each of the next twelve months. */
export const CertificatesByEnd = ({ overview }: { readonly overview: Overview }) => {
  const { t, i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language, {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const { expired, expiry_months: months } = overview;
  const bars = expiryBars(
    new Date(),
    { expired, months },
    {
      expired: t('certificates.expired'),
      later: t('certificates.later'),
      month: (date) => format.format(date),
    },
  );
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
