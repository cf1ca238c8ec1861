import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { STAGES } from '../../contract/stages.ts';
import { EditOrganizationDialog } from '../features/organizations/edit-organization-dialog.tsx';
import { ORGANIZATIONS, type OrganizationRow } from '../features/organizations/organizations-source.ts';
import { organizationPath } from '../features/organizations/organization-path.ts';
import { useFormats } from '../i18n/format.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useIsHere } from '../ui/is-here.ts';
import { TextLink } from '../ui/link.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { DataTable } from '../ui/tables/data-table.tsx';
import type { Column } from '../ui/tables/rows-table.tsx';

const useColumns = (): readonly Column<OrganizationRow>[] => {
  const { t } = useTranslation();
  const { number } = useFormats();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('columns.name'),
        sortable: false,
        cell: ({ name, display_name }) => (
          <TextLink to={organizationPath(name)}>{display_name === '' ? name : display_name}</TextLink>
        ),
      },
      {
        id: 'stage',
        header: t('organizations.stage'),
        sortable: false,
        cell: ({ stage }) => t(`organizations.stages.${stage}`),
      },
      {
        id: 'sites',
        header: t('list.sites'),
        numeric: true,
        sortable: false,
        cell: ({ sites }) => number(sites),
      },
      {
        id: 'kits',
        header: t('organizations.withKit'),
        numeric: true,
        sortable: false,
        cell: (row) => number(row.sites_with_kit),
      },
    ],
    [t, number],
  );
};

/** Shows how far each organization is. */
export const OrganizationsPage = () => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const [adding, dialog] = useDisclosure(false);
  return (
    <>
      <PageHead title={t('nav.organizations')} lead={t('organizations.lead')}>
        <Button onClick={dialog.open}>{t('organizations.add')}</Button>
      </PageHead>
      {adding ? (
        <EditOrganizationDialog
          onDone={(name) => {
            dialog.close();
            void cache.invalidateQueries({ queryKey: ['organizations'] });
            if (isHere()) {
              void navigate(organizationPath(name));
            }
          }}
          onClose={dialog.close}
        />
      ) : null}
      <Card>
        <DataTable
          label={t('nav.organizations')}
          source={ORGANIZATIONS}
          columns={useColumns()}
          facets={[
            {
              key: 'stage',
              label: t('organizations.stage'),
              choices: STAGES.map((stage) => ({ value: stage, label: t(`organizations.stages.${stage}`) })),
            },
          ]}
          hint={t('columns.name')}
          nameOf={({ name }) => name}
          csv={{
            file: 'organizations.csv',
            head: ['name', 'display_name', 'stage', 'sites', 'sites_with_kit'],
            cells: (row) => [row.name, row.display_name, row.stage, row.sites, row.sites_with_kit],
          }}
          empty={<EmptyState text={t('overview.noOrganizations')} />}
        />
      </Card>
    </>
  );
};
