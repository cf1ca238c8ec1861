import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import { StateBadge } from '../../ui/state-badge.tsx';

/** The approval state in words and color. */
export const ApprovalBadge = ({ state }: { readonly state: number }) => {
  const { t } = useTranslation();
  const approval = approvalOf(state);
  return <StateBadge tone={approval}>{t(`states.${approval}`)}</StateBadge>;
};
