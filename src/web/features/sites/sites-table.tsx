import { Menu } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import type { Decision, Site } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { ApprovalBadge } from '../approvals/approval-badge.tsx';
import { BulkBar } from '../approvals/bulk-bar.tsx';
import { DecisionDialog } from '../approvals/decision-dialog.tsx';
import { RowMenu } from '../approvals/row-menu.tsx';
import { siteSubject, type Subject } from '../approvals/subject.ts';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { useCellLabel } from '../../ui/tables/cell-label.ts';
import { DataTable } from '../../ui/tables/data-table.tsx';
import { EditableCell } from '../../ui/tables/editable-cell.tsx';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { useChangeSite } from './use-change-site.ts';

type Asked =
  | {
      readonly what: 'decision';
      readonly decision: Decision['decision'];
      readonly subjects: readonly Subject[];
    }
  | { readonly what: 'hand over'; readonly site: Site };

const useColumns = (ask: (asked: Asked) => void): ColumnDef<Site, string>[] => {
  const { t } = useTranslation();
  const { day } = useFormats();
  const check = useNameCheck();
  const cellLabel = useCellLabel();
  const change = useChangeSite();
  return useMemo(
    () => [
      {
        id: 'name',
        accessorKey: 'name',
        header: t('columns.name'),
        cell: ({ row: { original: site } }) =>
          approvalOf(site.approval_state) === 'approved' ? (
            site.name
          ) : (
            <EditableCell
              value={site.name}
              label={cellLabel(t('columns.name'), site.name, site.name)}
              check={(value) => check('site', value)}
              save={(name) => change(site, { name })}
            />
          ),
      },
      { id: 'organization', accessorKey: 'organization', header: t('columns.organization') },
      {
        id: 'gpus',
        accessorFn: (site) => String(site.capacity.num_of_gpus),
        header: t('columns.gpus'),
        sortingFn: 'alphanumeric',
      },
      {
        id: 'memory',
        accessorFn: (site) => String(site.capacity.mem_per_gpu_in_GiB),
        header: t('columns.memory'),
        sortingFn: 'alphanumeric',
      },
      {
        id: 'created',
        accessorFn: (site) => new Date(site.created_at).toISOString(),
        header: t('columns.created'),
        cell: ({ row }) => <span className="whole">{day(row.original.created_at)}</span>,
      },
      {
        id: 'approval',
        accessorFn: (site) => approvalOf(site.approval_state),
        header: t('columns.approval'),
        cell: ({ row }) => <ApprovalBadge state={row.original.approval_state} />,
      },
      {
        id: 'downloads',
        accessorFn: (site) => String(site.download_count),
        header: t('columns.downloads'),
        sortingFn: 'alphanumeric',
      },
      {
        id: 'actions',
        header: t('common.actions'),
        enableSorting: false,
        cell: ({ row: { original: site } }) => (
          <RowMenu
            label={t('table.rowActions', { name: site.name })}
            approval={approvalOf(site.approval_state)}
            onDecide={(decision) => {
              ask({ what: 'decision', decision, subjects: [siteSubject(site)] });
            }}
          >
            <Menu.Item
              onClick={() => {
                ask({ what: 'hand over', site });
              }}
            >
              {t('sites.handOver')}
            </Menu.Item>
          </RowMenu>
        ),
      },
    ],
    [t, day, cellLabel, check, change, ask],
  );
};

/** All sites; the project admin renames, approves, denies, deletes and hands them over here. */
export const SitesTable = ({ sites }: { readonly sites: readonly Site[] }) => {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const columns = useColumns(setAsked);
  const close = () => {
    setAsked(undefined);
  };
  return (
    <>
      <DataTable
        label={t('sites.title')}
        rows={sites}
        columns={columns}
        nameOf={(site) => site.name}
        textOf={(site) => `${site.name} ${site.organization}`}
        csv={{
          file: 'sites.csv',
          head: ['name', 'organization', 'gpus', 'mem_per_gpu_in_GiB', 'created_at', 'approval', 'downloads'],
          cells: (site) => [
            site.name,
            site.organization,
            site.capacity.num_of_gpus,
            site.capacity.mem_per_gpu_in_GiB,
            site.created_at,
            approvalOf(site.approval_state),
            site.download_count,
          ],
        }}
        bulk={({ chosen, total, selectAll, clear }) => (
          <BulkBar
            count={chosen.length}
            total={total}
            onSelectAll={selectAll}
            onClear={clear}
            onDecide={(decision) => {
              setAsked({ what: 'decision', decision, subjects: chosen.map(siteSubject) });
            }}
          />
        )}
      />
      {asked?.what === 'decision' ? (
        <DecisionDialog decision={asked.decision} subjects={asked.subjects} onClose={close} />
      ) : null}
      {asked?.what === 'hand over' ? <HandOverDialog site={asked.site} onClose={close} /> : null}
    </>
  );
};
