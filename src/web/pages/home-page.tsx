import { SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../api/queries.ts';
import type { Project, User } from '../api/views.ts';
import { Loaded } from '../ui/errors/loaded.tsx';
import { ApprovalNote } from '../features/home/approval-note.tsx';
import { MEMBERS_PARTS } from '../features/home/members-parts.ts';
import { ProjectFacts } from '../features/home/project-facts.tsx';
import { LogInCard } from '../features/session/log-in-card.tsx';
import { useSession } from '../features/session/session-context.ts';
import { Card } from '../ui/card.tsx';
import { ButtonLink } from '../ui/link.tsx';
import { firstPart, lazyPart } from '../ui/lazy-part.ts';
import { PageHead } from '../ui/page-head.tsx';
import { Placeholder } from '../ui/placeholder.tsx';

const ClearKeyNote = lazyPart(MEMBERS_PARTS.clearKey);
const AdminHome = firstPart(MEMBERS_PARTS.admin);
const OrganizationHome = firstPart(MEMBERS_PARTS.organization);
const ResearcherHome = firstPart(MEMBERS_PARTS.researcher);
const ReleaseQuestion = lazyPart(MEMBERS_PARTS.release);
const SitesCard = firstPart(MEMBERS_PARTS.sites);
const TermsNote = lazyPart(MEMBERS_PARTS.terms);
const UnconfirmedNote = lazyPart(MEMBERS_PARTS.unconfirmed);

const SignUpInvitation = ({ open }: { readonly open: boolean }) => {
  const { t } = useTranslation();
  if (!open) {
    return <Text size="sm">{t('home.closedNote')}</Text>;
  }
  return (
    <Card title={t('home.newHere')}>
      <Text>{t('home.newHereLead')}</Text>
      <ButtonLink to="/sign-up" variant="default">
        {t('nav.signUp')}
      </ButtonLink>
    </Card>
  );
};

const StrangersHome = ({ project }: { readonly project: Project }) => {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={project.title || project.short_name || t('home.untitled')} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} className="top-aligned">
        <ProjectFacts project={project} />
        <div>
          <LogInCard />
          <div className="below">
            <SignUpInvitation open={project.public} />
          </div>
        </div>
      </SimpleGrid>
    </>
  );
};

const Participant = ({ project, user }: { readonly project: Project; readonly user: User }) => {
  const { role, approval } = useSession();
  return (
    <>
      <Suspense fallback={<Placeholder lines={8} />}>
        {role === 'org_admin' ? (
          <OrganizationHome project={project} user={user} />
        ) : (
          <ResearcherHome project={project} />
        )}
      </Suspense>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <ProjectFacts project={project} />
        <Suspense fallback={<Placeholder lines={6} />}>
          {approval === 'approved' ? <SitesCard /> : null}
        </Suspense>
      </SimpleGrid>
    </>
  );
};

const MembersHome = ({ project, user }: { readonly project: Project; readonly user: User }) => {
  const { t } = useTranslation();
  const { role } = useSession();
  const admin = role === 'project_admin';
  return (
    <>
      <PageHead
        title={project.title || project.short_name || t('home.untitled')}
        lead={t('home.welcome', { name: user.name || user.email })}
      />
      <ApprovalNote />
      {project.terms !== '' && project.terms_version !== user.terms_version ? (
        <Suspense>
          <TermsNote version={project.terms_version} />
        </Suspense>
      ) : null}
      {admin && project.frozen ? (
        <Suspense>
          <ClearKeyNote />
        </Suspense>
      ) : null}
      {user.email_state === 'unconfirmed' ? (
        <Suspense>
          <UnconfirmedNote email={user.email} />
        </Suspense>
      ) : null}
      {admin && project.target_release_origin === 'assumed' ? (
        <Suspense>
          <ReleaseQuestion project={project} />
        </Suspense>
      ) : null}
      {admin ? (
        <Suspense fallback={<Placeholder lines={12} />}>
          <AdminHome project={project} />
        </Suspense>
      ) : (
        <Participant project={project} user={user} />
      )}
    </>
  );
};

/** Shows what the project is; log-in for strangers, state of affairs for the others. */
export const HomePage = () => {
  const { t } = useTranslation();
  const { user } = useSession();
  const project = useQuery(projectQuery);
  return (
    <>
      {project.data ? null : <PageHead title={t('home.title')} />}
      <Loaded query={project} lines={8}>
        {(found) => (user ? <MembersHome project={found} user={user} /> : <StrangersHome project={found} />)}
      </Loaded>
    </>
  );
};
