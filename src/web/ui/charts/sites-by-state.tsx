import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../../../contract/approval.ts';

const ORDER = ['approved', 'pending', 'denied'] as const;
const WIDTH = 600;
const BAR = 28;

/** One bar: how many sites are approved, pending and denied. */
export const SitesByState = ({ counts }: { readonly counts: Readonly<Record<Approval, number>> }) => {
  const { t } = useTranslation();
  const id = useId();
  const total = Math.max(
    ORDER.reduce((sum, state) => sum + counts[state], 0),
    1,
  );
  const label = ORDER.map((state) => `${t(`states.${state}`)}: ${counts[state]}`).join(', ');
  const starts = ORDER.map((_, at) => ORDER.slice(0, at).reduce((sum, state) => sum + counts[state], 0));
  return (
    <>
      <svg
        className="picture picture-bar"
        viewBox={`0 0 ${WIDTH} ${BAR}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby={id}
      >
        <title id={id}>{label}</title>
        <rect className="picture-empty" width={WIDTH} height={BAR} />
        {ORDER.map((state, at) => (
          <rect
            key={state}
            className={`picture-${state}`}
            x={((starts[at] ?? 0) / total) * WIDTH}
            width={(counts[state] / total) * WIDTH}
            height={BAR}
          />
        ))}
      </svg>
      <div className="picture-legend" aria-hidden>
        {ORDER.map((state) => (
          <span key={state}>
            <svg width={12} height={12}>
              <rect className={`picture-${state}`} width={12} height={12} rx={2} />
            </svg>
            {`${t(`states.${state}`)}: ${counts[state]}`}
          </span>
        ))}
      </div>
    </>
  );
};
