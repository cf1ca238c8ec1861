import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { approvalOf, type Approval } from '../../../domain/approval.ts';
import type { Site } from '../../api/views.ts';

const ORDER = ['approved', 'pending', 'denied'] as const;
const WIDTH = 600;
const BAR = 28;

const countBy = (sites: readonly Site[]): Readonly<Record<Approval, number>> => {
  const counts = { approved: 0, pending: 0, denied: 0 };
  for (const site of sites) counts[approvalOf(site.approval_state)] += 1;
  return counts;
};

/** One bar: how many sites are approved, pending and denied. */
export const SitesByState = ({ sites }: { readonly sites: readonly Site[] }) => {
  const { t } = useTranslation();
  const id = useId();
  const counts = countBy(sites);
  const total = Math.max(sites.length, 1);
  const label = ORDER.map((state) => `${t(`states.${state}`)}: ${counts[state]}`).join(', ');
  const starts = ORDER.map((_, at) => ORDER.slice(0, at).reduce((sum, state) => sum + counts[state], 0));
  return (
    <svg className="picture" viewBox={`0 0 ${WIDTH} 56`} role="img" aria-labelledby={id}>
      <title id={id}>{label}</title>
      <rect className="picture-empty" width={WIDTH} height={BAR} rx={4} />
      {ORDER.map((state, at) => (
        <rect
          key={state}
          className={`picture-${state}`}
          x={((starts[at] ?? 0) / total) * WIDTH}
          width={(counts[state] / total) * WIDTH}
          height={BAR}
        />
      ))}
      {ORDER.map((state, at) => (
        <g key={state} transform={`translate(${at * 200} 40)`}>
          <rect className={`picture-${state}`} width={12} height={12} rx={2} />
          <text className="picture-text" x={18} y={11}>
            {`${t(`states.${state}`)}: ${counts[state]}`}
          </text>
        </g>
      ))}
    </svg>
  );
};
