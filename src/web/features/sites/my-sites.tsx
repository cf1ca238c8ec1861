import { Button, Group, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import { api, responseOf } from '../../api/client.ts';
import { ownedSitesQuery } from '../../api/queries.ts';
import type { Site, User } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { ImportDialog } from '../imports/import-dialog.tsx';
import { AddSiteDialog } from './add-site-dialog.tsx';
import { MySiteRow } from './my-site-row.tsx';

const DeleteDialog = ({ site, onClose }: { readonly site: Site; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const outcome = useOutcome();
  return (
    <ConfirmDialog
      title={t('me.deleteSiteTitle', { name: site.name })}
      submit={t('common.delete')}
      action={() => responseOf(api.DELETE('/api/v1/clients/{id}', { params: { path: { id: site.id } } }))}
      onDone={() => {
        outcome.done(t('me.siteDeleted', { name: site.name }));
        void cache.invalidateQueries();
      }}
      onClose={onClose}
    >
      <Text size="sm">{t('me.deleteSiteLead')}</Text>
    </ConfirmDialog>
  );
};

const SitesTable = ({
  sites,
  onDelete,
}: {
  readonly sites: readonly Site[];
  readonly onDelete: (site: Site) => void;
}) => {
  const { t } = useTranslation();
  return (
    <div className="scroll-x" role="group" aria-label={t('me.sites')} tabIndex={0}>
      <Table className="cards">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('columns.name')}</Table.Th>
            <Table.Th scope="col">{t('columns.gpus')}</Table.Th>
            <Table.Th scope="col">{t('columns.memory')}</Table.Th>
            <Table.Th scope="col">{t('columns.approval')}</Table.Th>
            <Table.Th scope="col">{t('common.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sites.map((site) => (
            <MySiteRow key={site.id} site={site} onDelete={onDelete} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
};

/** An org admin's own sites: added, edited in place and deleted while they are not approved. */
export const MySites = ({ user }: { readonly user: User }) => {
  const { t } = useTranslation();
  const sites = useQuery(ownedSitesQuery(user.id));
  const [adding, dialog] = useDisclosure(false);
  const [importing, importDialog] = useDisclosure(false);
  const [deleting, setDeleting] = useState<Site | undefined>(undefined);
  return (
    <Card title={t('me.sites')}>
      <Loaded query={sites}>
        {(mine) => {
          if (mine.length === 0) {
            return <EmptyState text={t('me.noSites')} />;
          }
          const fixed = mine.some((site) => approvalOf(site.approval_state) === 'approved');
          return (
            <>
              <SitesTable sites={mine} onDelete={setDeleting} />
              {fixed ? (
                <Text size="sm" c="dimmed">
                  {t('me.fixed')}
                </Text>
              ) : null}
            </>
          );
        }}
      </Loaded>
      <Group>
        <Button variant="default" onClick={dialog.open}>
          {t('me.addSite')}
        </Button>
        <Button variant="default" onClick={importDialog.open}>
          {t('imports.button')}
        </Button>
      </Group>
      {importing ? <ImportDialog kind="sites" onClose={importDialog.close} /> : null}
      {adding ? <AddSiteDialog onClose={dialog.close} /> : null}
      {deleting ? (
        <DeleteDialog
          site={deleting}
          onClose={() => {
            setDeleting(undefined);
          }}
        />
      ) : null}
    </Card>
  );
};
