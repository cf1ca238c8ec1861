import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { projectQuery, siteQuery } from '../api/queries.ts';
import { Numbered } from '../features/details/numbered.tsx';
import { SiteView } from '../features/sites/site-view.tsx';
import { Loaded } from '../ui/errors/loaded.tsx';
import { PageHead } from '../ui/page-head.tsx';

const OneSite = ({ id }: { readonly id: number }) => {
  const { t } = useTranslation();
  const site = useQuery(siteQuery(id));
  const project = useQuery(projectQuery);
  return (
    <>
      {site.data ? null : <PageHead title={t('inbox.site')} />}
      <Loaded query={site} lines={8}>
        {(found) => (
          <Loaded query={project}>{(settings) => <SiteView site={found} project={settings} />}</Loaded>
        )}
      </Loaded>
    </>
  );
};

export const SitePage = () => <Numbered>{(id) => <OneSite key={id} id={id} />}</Numbered>;
