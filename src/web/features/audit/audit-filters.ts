import { useAskedParams } from '../../ui/asked-params.ts';
import type { AuditFilters } from './audit-query.ts';

const filtersIn = (params: URLSearchParams): AuditFilters => ({
  q: params.get('q') ?? '',
  action: params.get('action') ?? '',
  from: params.get('from') ?? '',
  to: params.get('to') ?? '',
});

/** The filters of the address and how to change them. */
export const useAuditFilters = (): readonly [AuditFilters, (change: Partial<AuditFilters>) => void] => {
  const [params, setParams] = useAskedParams();
  const change = (next: Partial<AuditFilters>) => {
    setParams(
      (asked) =>
        new URLSearchParams(
          Object.entries({ ...filtersIn(asked), ...next }).filter(([, value]) => value !== ''),
        ),
      { replace: true },
    );
  };
  return [filtersIn(params), change];
};
