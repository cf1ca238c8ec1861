import { useTranslation } from 'react-i18next';
import { APPROVALS } from '../../../contract/approval.ts';
import type { Facet } from '../../ui/tables/url-filters.ts';

/** The approval, as what a table is narrowed by. */
export const useApprovalFacet = (): Facet => {
  const { t } = useTranslation();
  const choices = APPROVALS.map((state) => ({ value: state, label: t(`states.${state}`) }));
  return { key: 'state', label: t('table.state'), choices };
};
