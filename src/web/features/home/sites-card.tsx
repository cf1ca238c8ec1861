import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import { sitesQuery } from '../../api/queries.ts';
import type { Site } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { SitesByState } from '../../ui/charts/sites-by-state.tsx';
import { Pager } from '../../ui/tables/pager.tsx';
import { useSession } from '../session/session-context.ts';

const PAGE = 10;

const ApprovedSites = ({ sites }: { readonly sites: readonly Site[] }) => {
  const { t } = useTranslation();
  const { role } = useSession();
  const [wanted, setWanted] = useState(1);
  const pages = Math.max(1, Math.ceil(sites.length / PAGE));
  const page = Math.min(wanted, pages);
  if (sites.length === 0) {
    const admin = role === 'project_admin';
    return (
      <EmptyState text={admin ? t('home.noSitesAdmin') : t('home.noSites')}>
        {admin ? <ButtonLink to="/inbox">{t('home.toInbox')}</ButtonLink> : null}
      </EmptyState>
    );
  }
  return (
    <>
      <div className="scroll-x" role="region" aria-label={t('home.approvedSites')} tabIndex={0}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('columns.name')}</Table.Th>
              <Table.Th scope="col">{t('columns.organization')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sites.slice((page - 1) * PAGE, page * PAGE).map((site) => (
              <Table.Tr key={site.id}>
                <Table.Td>{site.name}</Table.Td>
                <Table.Td>{site.organization}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Pager page={page} pages={pages} size={PAGE} total={sites.length} onPage={setWanted} />
    </>
  );
};

/** The sites that take part; the project admin also sees a picture of all by state. */
export const SitesCard = () => {
  const { t } = useTranslation();
  const { role } = useSession();
  const sites = useQuery(sitesQuery);
  return (
    <Card title={t('home.approvedSites')}>
      <Loaded query={sites}>
        {(all) => (
          <>
            {role === 'project_admin' && all.length > 0 ? <SitesByState sites={all} /> : null}
            <ApprovedSites sites={all.filter((site) => approvalOf(site.approval_state) === 'approved')} />
          </>
        )}
      </Loaded>
    </Card>
  );
};
