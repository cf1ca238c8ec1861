import { Suspense, type ReactNode } from 'react';
import { createBrowserRouter, Navigate, useParams } from 'react-router';
import { HomePage } from '../pages/home-page.tsx';
import { useSession } from '../features/session/session-context.ts';
import { Placeholder } from '../ui/placeholder.tsx';
import { Guard } from './guard.tsx';
import { lazyPart } from './lazy-part.ts';
import { FORMER_ADDRESSES, PATHS, type Place } from './places.ts';
import { Shell } from './shell.tsx';
import { UnknownPage } from '../pages/unknown-page.tsx';

const SignUpPage = lazyPart(async () => (await import('../pages/sign-up-page.tsx')).SignUpPage);
const MePage = lazyPart(async () => (await import('../pages/me-page.tsx')).MePage);
const InboxPage = lazyPart(async () => (await import('../pages/inbox-page.tsx')).InboxPage);
const UsersPage = lazyPart(async () => (await import('../pages/users-page.tsx')).UsersPage);
const SitesPage = lazyPart(async () => (await import('../pages/sites-page.tsx')).SitesPage);
const ProjectPage = lazyPart(async () => (await import('../pages/project-page.tsx')).ProjectPage);
const ServerPage = lazyPart(async () => (await import('../pages/server-page.tsx')).ServerPage);
const FreezePage = lazyPart(async () => (await import('../pages/freeze-page.tsx')).FreezePage);
const DownloadsPage = lazyPart(async () => (await import('../pages/downloads-page.tsx')).DownloadsPage);
const CertificatesPage = lazyPart(
  async () => (await import('../pages/certificates-page.tsx')).CertificatesPage,
);
const AuditPage = lazyPart(async () => (await import('../pages/audit-page.tsx')).AuditPage);

const page = (element: ReactNode): ReactNode => (
  <Suspense fallback={<Placeholder lines={6} />}>{element}</Suspense>
);

const guarded = (place: Place, element: ReactNode) => ({
  path: PATHS[place],
  element: <Guard place={place}>{page(element)}</Guard>,
});

const FormerAddress = () => {
  const { former = '' } = useParams();
  const { role } = useSession();
  const targets = FORMER_ADDRESSES[former];
  if (!targets) return <UnknownPage />;
  return <Navigate replace to={role === 'project_admin' ? targets[0] : targets[1]} />;
};

export const router = createBrowserRouter([
  {
    element: <Shell />,
    children: [
      { path: PATHS.home, element: <HomePage /> },
      { path: PATHS.signUp, element: page(<SignUpPage />) },
      guarded('me', <MePage />),
      guarded('inbox', <InboxPage />),
      guarded('users', <UsersPage />),
      guarded('sites', <SitesPage />),
      guarded('project', <ProjectPage />),
      guarded('server', <ServerPage />),
      guarded('freeze', <FreezePage />),
      guarded('downloads', <DownloadsPage />),
      guarded('certificates', <CertificatesPage />),
      guarded('audit', <AuditPage />),
      { path: '/nvflare-dashboard', element: <FormerAddress /> },
      { path: '/nvflare-dashboard/:former', element: <FormerAddress /> },
      { path: '*', element: <UnknownPage /> },
    ],
  },
]);
