import { Button, SimpleGrid, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import type { Project, Site } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import { TextLink } from '../../ui/link.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { useCellLabel } from '../../ui/tables/cell-label.ts';
import { EditableCell } from '../../ui/tables/editable-cell.tsx';
import { ApprovalBadge } from '../approvals/approval-badge.tsx';
import { RowMenu } from '../approvals/row-menu.tsx';
import { siteSubject } from '../approvals/subject.ts';
import { CertificatesOf } from '../details/certificates-of.tsx';
import { History } from '../details/history.tsx';
import { KitButton } from '../details/kit-button.tsx';
import { useDecision } from '../details/use-decision.tsx';
import { organizationPath } from '../organizations/organization-path.ts';
import { useSession } from '../session/session-context.ts';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { useCapacityCells } from './use-capacity-cells.ts';

/** The relay that a site or relay connects to. */
const relayOf = ({ props }: Site): string => {
  const target = props?.['connect_to'];
  return typeof target === 'object' && target !== null && 'name' in target ? String(target.name) : '';
};

interface SiteViewProps {
  readonly site: Site;
  readonly project: Project;
}

interface SiteFactsProps {
  readonly site: Site;
  readonly isEditable: boolean;
}

const SiteFacts = ({ site, isEditable }: SiteFactsProps) => {
  const { t } = useTranslation();
  const { moment, number } = useFormats();
  // Other organizations see no more than name and organization.
  const whole = site.version !== undefined;
  const cellLabel = useCellLabel();
  const capacity = useCapacityCells(site).map(({ what, ...cell }): readonly [string, ReactNode] => [
    what,
    isEditable ? <EditableCell {...cell} label={cellLabel(what, site.name, cell.value)} /> : cell.value,
  ]);
  return (
    <FactList
      facts={[
        [
          t('columns.approval'),
          <>
            <ApprovalBadge state={site.approval_state} />
            {site.approval_reason ? (
              <Text size="sm" className="lines">
                {t('session.reason', { reason: site.approval_reason })}
              </Text>
            ) : null}
          </>,
        ],
        [
          t('columns.organization'),
          <TextLink to={organizationPath(site.organization)}>{site.organization}</TextLink>,
        ],
        [t('details.through'), relayOf(site)],
        [t('list.owner'), site.creator],
        ...(whole && site.type === 'client' ? capacity : []),
        [t('me.description'), site.description],
        [t('details.listens'), site.alternative_names?.join(', ')],
        [t('details.registered'), moment(site.created_at)],
        [t('columns.downloads'), whole ? number(site.download_count) : ''],
      ]}
    />
  );
};

/** All that is known of a site, and what can be done with it. */
export const SiteView = ({ site, project }: SiteViewProps) => {
  const { t } = useTranslation();
  const { user, role } = useSession();
  const { decide, dialog } = useDecision();
  const [handing, handOver] = useDisclosure(false);
  const admin = role === 'project_admin';
  const own = role === 'org_admin' && site.creator === user?.email;
  const ready = project.frozen && approvalOf(site.approval_state) === 'approved';
  return (
    <>
      <PageHead
        title={site.name}
        lead={t(site.type === 'relay' ? 'details.relayOf' : 'details.siteOf', {
          organization: site.organization,
        })}
      >
        {ready && (admin || own) ? (
          <KitButton source={{ kind: 'site', type: site.type, id: site.id, name: site.name }} />
        ) : null}
        {admin ? (
          <>
            <Button variant="default" onClick={handOver.open}>
              {t('sites.handOver')}
            </Button>
            <RowMenu
              label={t('table.rowActions', { name: site.name })}
              approval={approvalOf(site.approval_state)}
              onDecide={(decision) => {
                decide(decision, [siteSubject(site)]);
              }}
            />
          </>
        ) : null}
      </PageHead>
      <SimpleGrid cols={{ base: 1, md: admin ? 2 : 1 }} className="top-aligned">
        <Card title={t('details.facts')}>
          <SiteFacts site={site} isEditable={admin} />
        </Card>
        {admin ? <History target={`client:${site.name}`} /> : null}
      </SimpleGrid>
      {admin ? <CertificatesOf holder="client" id={site.id} /> : null}
      {dialog}
      {handing ? <HandOverDialog site={site} onClose={handOver.close} /> : null}
    </>
  );
};
