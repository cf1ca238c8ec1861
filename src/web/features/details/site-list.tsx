import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Site } from '../../api/views.ts';
import { TextLink } from '../../ui/link.tsx';
import { ApprovalBadge } from '../approvals/approval-badge.tsx';

/** Some sites with their states. */
export const SiteList = ({ sites }: { readonly sites: readonly Site[] }) => {
  const { t } = useTranslation();
  return (
    <div className="scroll-x" role="region" aria-label={t('details.siteList')} tabIndex={0}>
      <Table className="cards">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('columns.name')}</Table.Th>
            <Table.Th scope="col">{t('list.owner')}</Table.Th>
            <Table.Th scope="col">{t('columns.approval')}</Table.Th>
            <Table.Th scope="col">{t('list.kit')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sites.map((site) => (
            <Table.Tr key={site.id}>
              <Table.Td data-label={t('columns.name')}>
                <TextLink to={`/sites/${site.id}`}>{site.name}</TextLink>
              </Table.Td>
              <Table.Td data-label={t('list.owner')}>{site.creator || '–'}</Table.Td>
              <Table.Td data-label={t('columns.approval')}>
                <ApprovalBadge state={site.approval_state} />
              </Table.Td>
              <Table.Td data-label={t('list.kit')}>
                {site.version === undefined
                  ? '–'
                  : site.download_count === 0
                    ? t('downloads.never')
                    : t('downloads.times', { count: site.download_count })}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
};
