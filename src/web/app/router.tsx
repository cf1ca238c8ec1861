import { Suspense, type ReactNode } from 'react';
import { BrowserRouter, Navigate, useParams, useRoutes } from 'react-router';
import { BASE } from '../api/base.ts';
import { HomePage } from '../pages/home-page.tsx';
import { useSession } from '../features/session/session-context.ts';
import { Placeholder } from '../ui/placeholder.tsx';
import { CrashBoundary } from '../ui/errors/crash-boundary.tsx';
import { FailedPage } from './failed-page.tsx';
import { Guard } from './guard.tsx';
import { lazyPart } from '../ui/lazy-part.ts';
import { PAGE_CODE } from './page-code.ts';
import { FORMER_ADDRESSES, PATHS, type PageName } from '../ui/page-list.ts';
import { Shell } from './shell.tsx';
import { UnknownPage } from '../pages/unknown-page.tsx';

const SignUpPage = lazyPart(PAGE_CODE.signUp);
const ForgotPasswordPage = lazyPart(PAGE_CODE.forgotPassword);
const ResetPasswordPage = lazyPart(PAGE_CODE.resetPassword);
const ConfirmEmailPage = lazyPart(PAGE_CODE.confirmEmail);
const AboutPage = lazyPart(PAGE_CODE.about);
const HelpPage = lazyPart(PAGE_CODE.help);
const MessagesPage = lazyPart(PAGE_CODE.messages);
const MePage = lazyPart(PAGE_CODE.me);
const InboxPage = lazyPart(PAGE_CODE.inbox);
const UsersPage = lazyPart(PAGE_CODE.users);
const SitesPage = lazyPart(PAGE_CODE.sites);
const ProjectPage = lazyPart(PAGE_CODE.project);
const SetUpPage = lazyPart(PAGE_CODE.setUp);
const ServerPage = lazyPart(PAGE_CODE.server);
const FreezePage = lazyPart(PAGE_CODE.freeze);
const DownloadsPage = lazyPart(PAGE_CODE.downloads);
const CertificatesPage = lazyPart(PAGE_CODE.certificates);
const OrganizationsPage = lazyPart(PAGE_CODE.organizations);
const SitePage = lazyPart(PAGE_CODE.site);
const UserPage = lazyPart(PAGE_CODE.user);
const OrganizationPage = lazyPart(PAGE_CODE.organization);
const AuditPage = lazyPart(PAGE_CODE.audit);

const page = (element: ReactNode): ReactNode => (
  <Suspense fallback={<Placeholder lines={6} />}>{element}</Suspense>
);

const guarded = (name: PageName, element: ReactNode) => ({
  path: PATHS[name],
  element: <Guard page={name}>{page(element)}</Guard>,
});

/** A page of one thing, for those who may open the other page. */
const below = (path: string, like: PageName, element: ReactNode) => ({
  path: `/${path}`,
  element: <Guard page={like}>{page(element)}</Guard>,
});

const FormerAddress = () => {
  const { former = '' } = useParams();
  const { role } = useSession();
  const targets = FORMER_ADDRESSES[former];
  if (!targets) {
    return <UnknownPage />;
  }
  return <Navigate replace to={role === 'project_admin' ? targets[0] : targets[1]} />;
};

const ROUTES = [
  {
    element: <Shell />,
    children: [
      { path: PATHS.home, element: <HomePage /> },
      { path: PATHS.signUp, element: page(<SignUpPage />) },
      { path: PATHS.forgotPassword, element: page(<ForgotPasswordPage />) },
      { path: PATHS.resetPassword, element: page(<ResetPasswordPage />) },
      { path: PATHS.confirmEmail, element: page(<ConfirmEmailPage />) },
      { path: PATHS.about, element: page(<AboutPage />) },
      { path: PATHS.help, element: page(<HelpPage />) },
      guarded('messages', <MessagesPage />),
      guarded('me', <MePage />),
      guarded('inbox', <InboxPage />),
      guarded('users', <UsersPage />),
      guarded('sites', <SitesPage />),
      guarded('organizations', <OrganizationsPage />),
      below('sites/:id', 'home', <SitePage />),
      below('users/:id', 'users', <UserPage />),
      below('organizations/:name', 'home', <OrganizationPage />),
      below('set-up', 'project', <SetUpPage />),
      guarded('project', <ProjectPage />),
      guarded('server', <ServerPage />),
      guarded('freeze', <FreezePage />),
      guarded('downloads', <DownloadsPage />),
      guarded('certificates', <CertificatesPage />),
      guarded('audit', <AuditPage />),
      ...(BASE === '' ? [] : [{ path: '/:former', element: <FormerAddress /> }]),
      { path: '*', element: <UnknownPage /> },
    ],
  },
];

const Routes = () => useRoutes(ROUTES);

/** The page at the browser's address. */
export const Router = () => (
  <BrowserRouter basename={BASE === '' ? '/' : BASE}>
    <CrashBoundary note={<FailedPage />}>
      <Routes />
    </CrashBoundary>
  </BrowserRouter>
);
