import { Badge, Menu, Text } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import type { Decision, Site } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { TextLink } from '../../ui/link.tsx';
import { ApprovalBadge } from '../approvals/approval-badge.tsx';
import { BulkBar } from '../approvals/bulk-bar.tsx';
import { DecisionDialog } from '../approvals/decision-dialog.tsx';
import { useApprovalFacet } from '../approvals/use-approval-facet.ts';
import { RowMenu } from '../approvals/row-menu.tsx';
import { siteSubject, type Subject } from '../approvals/subject.ts';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { useCellLabel } from '../../ui/tables/cell-label.ts';
import { EditableCell } from '../../ui/tables/editable-cell.tsx';
import { DataTable } from '../../ui/tables/data-table.tsx';
import type { Column } from '../../ui/tables/rows-table.tsx';
import { organizationPath } from '../organizations/organization-path.ts';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { useChangeSite } from './use-change-site.ts';
import { KIT_STATES, SITES } from './sites-source.ts';

type Asked =
  | {
      readonly what: 'decision';
      readonly decision: Decision['decision'];
      readonly subjects: readonly Subject[];
    }
  | { readonly what: 'hand over'; readonly site: Site };

const useColumns = (ask: (asked: Asked) => void): readonly Column<Site>[] => {
  const { t } = useTranslation();
  const { day, number } = useFormats();
  const check = useNameCheck();
  const cellLabel = useCellLabel();
  const change = useChangeSite();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('columns.name'),
        cell: (site) =>
          approvalOf(site.approval_state) === 'approved' ? (
            <TextLink to={`/sites/${site.id}`}>{site.name}</TextLink>
          ) : (
            <>
              <EditableCell
                value={site.name}
                label={cellLabel(t('columns.name'), site.name, site.name)}
                check={(value) => check('site', value)}
                save={(name) => change(site, { name })}
              />
              <div className="roomy">
                <TextLink to={`/sites/${site.id}`} label={t('list.openSite', { name: site.name })}>
                  {t('details.facts')}
                </TextLink>
              </div>
            </>
          ),
      },
      {
        id: 'organization',
        header: t('columns.organization'),
        cell: (site) => (
          <div className="breakable">
            <TextLink to={organizationPath(site.organization)}>{site.organization}</TextLink>
            <Text size="sm" c="dimmed">
              {site.creator}
            </Text>
            {site.type === 'relay' ? <Badge variant="outline">{t('sites.relay')}</Badge> : null}
          </div>
        ),
      },
      {
        id: 'gpus',
        header: t('columns.gpus'),
        numeric: true,
        sortable: false,
        cell: (site) => number(site.capacity.num_of_gpus),
      },
      {
        id: 'created_at',
        header: t('columns.created'),
        cell: (site) => <span className="whole">{day(site.created_at)}</span>,
      },
      {
        id: 'approval_state',
        header: t('columns.approval'),
        cell: (site) => (
          <div>
            <ApprovalBadge state={site.approval_state} />
            {site.approval_reason ? (
              <Text size="sm" c="dimmed" className="lines">
                {t('session.reason', { reason: site.approval_reason })}
              </Text>
            ) : null}
          </div>
        ),
      },
      {
        id: 'download_count',
        header: t('columns.downloads'),
        numeric: true,
        cell: (site) => number(site.download_count),
      },
      {
        id: 'actions',
        header: t('common.actions'),
        sortable: false,
        cell: (site) => (
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
    [t, day, number, cellLabel, check, change, ask],
  );
};

/** All sites; the project admin renames, approves, denies, deletes and hands them over here. */
export const SitesTable = ({ empty }: { readonly empty: ReactNode }) => {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const columns = useColumns(setAsked);
  const approval = useApprovalFacet();
  const close = () => {
    setAsked(undefined);
  };
  return (
    <>
      <DataTable
        label={t('sites.title')}
        source={SITES}
        columns={columns}
        facets={[
          approval,
          {
            key: 'kit',
            label: t('list.kit'),
            choices: KIT_STATES.map((state) => ({ value: state, label: t(`list.kitState.${state}`) })),
          },
          { key: 'organization', label: t('columns.organization') },
        ]}
        hint={t('list.sitesHint')}
        empty={empty}
        nameOf={(site) => site.name}
        csv={{
          file: 'sites.csv',
          head: [
            'name',
            'organization',
            'owner',
            'gpus',
            'mem_per_gpu_in_GiB',
            'created_at',
            'approval',
            'reason',
            'downloads',
          ],
          cells: (site) => [
            site.name,
            site.organization,
            site.creator,
            site.capacity.num_of_gpus,
            site.capacity.mem_per_gpu_in_GiB,
            new Date(site.created_at).toISOString(),
            approvalOf(site.approval_state),
            site.approval_reason,
            site.download_count,
          ],
        }}
        bulk={({ chosen, total, selectAll, clear }) => (
          <BulkBar
            count={chosen.length}
            total={total}
            {...(selectAll ? { onSelectAll: selectAll } : {})}
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
