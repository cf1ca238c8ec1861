import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { overviewQuery } from '../api/queries.ts';
import { SitesByState } from '../ui/charts/sites-by-state.tsx';
import { useSession } from '../features/session/session-context.ts';
import { AddSiteDialog } from '../features/sites/add-site-dialog.tsx';
import { MySites } from '../features/sites/my-sites.tsx';
import { ImportDialog } from '../features/imports/import-dialog.tsx';
import { SitesTable } from '../features/sites/sites-table.tsx';
import { SavedViews } from '../features/saved-views/saved-views.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Loaded } from '../ui/errors/loaded.tsx';
import { PageHead } from '../ui/page-head.tsx';

/** All sites, for the project admin. */
const AllSites = () => {
  const { t } = useTranslation();
  const overview = useQuery(overviewQuery);
  const [adding, dialog] = useDisclosure(false);
  const [importing, importDialog] = useDisclosure(false);
  return (
    <>
      <PageHead title={t('sites.title')} lead={t('sites.lead')}>
        <Button onClick={dialog.open}>{t('sites.add')}</Button>
        <Button variant="default" onClick={importDialog.open}>
          {t('imports.button')}
        </Button>
      </PageHead>
      <Loaded query={overview} lines={10}>
        {({ sites }) => (
          <>
            {sites.approved + sites.pending + sites.denied > 0 ? (
              <Card title={t('home.sitesByState')}>
                <SitesByState counts={sites} />
              </Card>
            ) : null}
            <Card>
              <SavedViews list="sites" />
              <SitesTable empty={<EmptyState text={t('sites.empty')} />} />
            </Card>
          </>
        )}
      </Loaded>
      {importing ? <ImportDialog kind="sites" onClose={importDialog.close} /> : null}
      {adding ? <AddSiteDialog onClose={dialog.close} /> : null}
    </>
  );
};

/** The sites that a person may look after. */
export const SitesPage = () => {
  const { t } = useTranslation();
  const { user, role } = useSession();
  if (role === 'project_admin' || user === undefined) {
    return <AllSites />;
  }
  return (
    <>
      <PageHead title={t('nav.sites')} lead={t('sites.ownLead')} />
      <MySites user={user} />
    </>
  );
};
