import { Button, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import type { Site } from '../../api/views.ts';
import { ApprovalBadge } from '../approvals/approval-badge.tsx';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { useCapacityCells } from './use-capacity-cells.ts';
import { useChangeSite } from './use-change-site.ts';
import { useCellLabel } from '../../ui/tables/cell-label.ts';
import { EditableCell } from '../../ui/tables/editable-cell.tsx';

interface MySiteRowProps {
  readonly site: Site;
  readonly onDelete: (site: Site) => void;
}

/** One own site; its cells are edited in place until it is approved. */
export const MySiteRow = ({ site, onDelete }: MySiteRowProps) => {
  const { t } = useTranslation();
  const cellLabel = useCellLabel();
  const checkName = useNameCheck();
  const change = useChangeSite();
  const capacity = useCapacityCells(site);
  const fixed = approvalOf(site.approval_state) === 'approved';
  const cells = [
    {
      what: t('columns.name'),
      value: site.name,
      check: (value: string) => checkName('site', value),
      save: (name: string) => change(site, { name }),
    },
    ...capacity,
  ];
  return (
    <Table.Tr>
      {cells.map(({ what, ...cell }) => (
        <Table.Td key={what} data-label={what}>
          {fixed ? cell.value : <EditableCell {...cell} label={cellLabel(what, site.name, cell.value)} />}
        </Table.Td>
      ))}
      <Table.Td data-label={t('columns.approval')}>
        <ApprovalBadge state={site.approval_state} />
        {site.approval_reason ? (
          <Text size="sm" className="lines">
            {t('session.reason', { reason: site.approval_reason })}
          </Text>
        ) : null}
        {approvalOf(site.approval_state) === 'denied' ? <Text size="sm">{t('me.deniedSite')}</Text> : null}
      </Table.Td>
      <Table.Td>
        <Button
          size="xs"
          variant="default"
          disabled={fixed}
          aria-label={`${t('common.delete')}: ${site.name}`}
          onClick={() => {
            onDelete(site);
          }}
        >
          {t('common.delete')}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
};
