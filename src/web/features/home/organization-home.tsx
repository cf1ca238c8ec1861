import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import { joinRequestsQuery, ownedSitesQuery } from '../../api/queries.ts';
import type { Project, Site, User } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { lazyPart } from '../../ui/lazy-part.ts';
import { ButtonLink, TextLink } from '../../ui/link.tsx';
import { PATHS } from '../../ui/page-list.ts';
import { ApprovalBadge } from '../approvals/approval-badge.tsx';
import { useFirstSteps } from './use-first-steps.tsx';
import { Way, type WayStep } from './way.tsx';

const JoinRequestsCard = lazyPart(async () => (await import('./join-requests-card.tsx')).JoinRequestsCard);

/** Nothing while nobody asks to join. */
const JoinRequests = ({ user }: { readonly user: User }) => {
  const { data = [] } = useQuery(joinRequestsQuery);
  const people = data.filter(({ id }) => id !== user.id);
  return people.length === 0 ? null : (
    <Suspense>
      <JoinRequestsCard user={user} people={people} />
    </Suspense>
  );
};

const useSiteSteps = (sites: readonly Site[]): readonly WayStep[] => {
  const { t } = useTranslation();
  const approved = sites.filter((site) => approvalOf(site.approval_state) === 'approved');
  const missing = approved.find((site) => site.download_count === 0);
  const first = approved[0];
  return [
    {
      key: 'site',
      title: t('way.site'),
      state: approved.length > 0 ? 'done' : 'open',
      content: <Text size="sm">{sites.length === 0 ? t('way.addSite') : t('way.siteNext')}</Text>,
    },
    {
      key: 'kit',
      title: missing ? t('way.kitOf', { name: missing.name }) : t('way.kit'),
      state: (missing ?? !first) ? 'open' : 'done',
      content: (
        <div>
          <ButtonLink to="/downloads">{t('way.toDownloads')}</ButtonLink>
        </div>
      ),
    },
    {
      key: 'run',
      title: t('way.runSite'),
      state: 'open',
      content: first ? (
        <Stack gap="xs">
          <Text size="sm">{t('kit.startOn.site')}</Text>
          <CopyText text={`'${first.name}/startup/start.sh'`} what={t('kit.start')} block />
        </Stack>
      ) : null,
    },
  ];
};

const OwnSites = ({ sites }: { readonly sites: readonly Site[] }) => {
  const { t } = useTranslation();
  if (sites.length === 0) {
    return (
      <EmptyState text={t('me.noSites')}>
        <ButtonLink to={PATHS.sites}>{t('way.toAddSite')}</ButtonLink>
      </EmptyState>
    );
  }
  return (
    <div className="scroll-x" role="region" aria-label={t('overview.ownSitesList')} tabIndex={0}>
      <table className="plain-table cards">
        <thead>
          <tr>
            <th scope="col">{t('columns.name')}</th>
            <th scope="col">{t('columns.approval')}</th>
            <th scope="col">{t('list.kit')}</th>
          </tr>
        </thead>
        <tbody>
          {sites.map((site) => (
            <tr key={site.id}>
              <td data-label={t('columns.name')}>
                <TextLink to={`/sites/${site.id}`}>{site.name}</TextLink>
              </td>
              <td data-label={t('columns.approval')}>
                <ApprovalBadge state={site.approval_state} />
                {site.approval_reason ? (
                  <Text size="sm" className="lines">
                    {t('session.reason', { reason: site.approval_reason })}
                  </Text>
                ) : null}
              </td>
              <td data-label={t('list.kit')}>
                {site.download_count === 0
                  ? t('downloads.never')
                  : t('downloads.times', { count: site.download_count })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const WayOfSites = ({ project, sites }: { readonly project: Project; readonly sites: readonly Site[] }) => {
  const { t } = useTranslation();
  const first = useFirstSteps(project);
  const ofSites = useSiteSteps(sites);
  const [sent, approved, frozen] = first;
  const [site, ...rest] = ofSites;
  return (
    <Card title={t('way.title')}>
      <Way steps={[sent, approved, site, frozen, ...rest].flatMap((step) => step ?? [])} />
    </Card>
  );
};

/** The way of an organization admin, from the request to the running site, and the own sites. */
export const OrganizationHome = ({ project, user }: { readonly project: Project; readonly user: User }) => {
  const { t } = useTranslation();
  const sites = useQuery(ownedSitesQuery(user.id));
  return (
    <Loaded query={sites}>
      {(own) => (
        <>
          <WayOfSites project={project} sites={own} />
          {approvalOf(user.approval_state) === 'approved' ? <JoinRequests user={user} /> : null}
          <Card title={t('overview.ownSites')}>
            <OwnSites sites={own} />
          </Card>
        </>
      )}
    </Loaded>
  );
};
