import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { TextLink } from '../../ui/link.tsx';
import { listQuery } from '../../ui/tables/list-source.ts';
import { Pager } from '../../ui/tables/pager.tsx';
import { organizationPath } from '../organizations/organization-path.ts';
import { SITES } from '../sites/sites-source.ts';

const PAGE = 10;

/** The sites that take part. */
export const SitesCard = () => {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const request = { text: '', sort: 'name', facets: { state: 'approved' } };
  const sites = useQuery(listQuery(SITES, { ...request, offset: (page - 1) * PAGE, limit: PAGE }));
  return (
    <Card title={t('home.approvedSites')}>
      <Loaded query={sites}>
        {({ rows, total }) =>
          total === 0 ? (
            <EmptyState text={t('home.noSites')} />
          ) : (
            <>
              <div
                className="scroll-x"
                role="region"
                aria-label={t('overview.approvedSitesList')}
                tabIndex={0}
              >
                <table className="plain-table cards">
                  <thead>
                    <tr>
                      <th scope="col">{t('columns.name')}</th>
                      <th scope="col">{t('columns.organization')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((site) => (
                      <tr key={site.id}>
                        <td data-label={t('columns.name')}>
                          <TextLink to={`/sites/${site.id}`}>{site.name}</TextLink>
                        </td>
                        <td data-label={t('columns.organization')}>
                          <TextLink to={organizationPath(site.organization)}>{site.organization}</TextLink>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <Pager page={page} size={PAGE} total={total} onPage={setPage} sizes={[PAGE]} />
            </>
          )
        }
      </Loaded>
    </Card>
  );
};
