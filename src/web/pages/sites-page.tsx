import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sitesQuery } from '../api/queries.ts';
import { Loaded } from '../ui/errors/loaded.tsx';
import { SitesByState } from '../ui/charts/sites-by-state.tsx';
import { AddSiteDialog } from '../features/sites/add-site-dialog.tsx';
import { SitesTable } from '../features/sites/sites-table.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHead } from '../ui/page-head.tsx';

export const SitesPage = () => {
  const { t } = useTranslation();
  const sites = useQuery(sitesQuery);
  const [adding, dialog] = useDisclosure(false);
  return (
    <>
      <PageHead title={t('sites.title')} lead={t('sites.lead')}>
        <Button onClick={dialog.open}>{t('sites.add')}</Button>
      </PageHead>
      <Loaded query={sites} lines={10}>
        {(all) =>
          all.length === 0 ? (
            <Card>
              <EmptyState text={t('sites.empty')} />
            </Card>
          ) : (
            <>
              <Card title={t('home.sitesByState')}>
                <SitesByState sites={all} />
              </Card>
              <Card>
                <SitesTable sites={all} />
              </Card>
            </>
          )
        }
      </Loaded>
      {adding ? <AddSiteDialog onClose={dialog.close} /> : null}
    </>
  );
};
