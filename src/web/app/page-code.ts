import { withLateTexts } from '../i18n/late-texts.ts';

/** The code of the pages, fetched when they are first wanted; the home page's comes with the first view. */
export const PAGE_CODE = {
  signUp: withLateTexts(async () => (await import('../pages/sign-up-page.tsx')).SignUpPage),
  forgotPassword: async () => (await import('../pages/link-pages.tsx')).ForgotPasswordPage,
  resetPassword: async () => (await import('../pages/link-pages.tsx')).ResetPasswordPage,
  confirmEmail: async () => (await import('../pages/link-pages.tsx')).ConfirmEmailPage,
  about: withLateTexts(async () => (await import('../pages/about-page.tsx')).AboutPage),
  help: async () => (await import('../features/help/help-view.tsx')).HelpView,
  messages: withLateTexts(async () => (await import('../pages/messages-page.tsx')).MessagesPage),
  me: async () => (await import('../pages/me-page.tsx')).MePage,
  inbox: async () => (await import('../pages/inbox-page.tsx')).InboxPage,
  users: async () => (await import('../pages/users-page.tsx')).UsersPage,
  sites: async () => (await import('../pages/sites-page.tsx')).SitesPage,
  project: withLateTexts(async () => (await import('../pages/project-page.tsx')).ProjectPage),
  server: async () => (await import('../pages/server-page.tsx')).ServerPage,
  freeze: async () => (await import('../pages/freeze-page.tsx')).FreezePage,
  downloads: async () => (await import('../pages/downloads-page.tsx')).DownloadsPage,
  certificates: async () => (await import('../pages/certificates-page.tsx')).CertificatesPage,
  organizations: async () => (await import('../pages/organizations-page.tsx')).OrganizationsPage,
  site: async () => (await import('../pages/site-page.tsx')).SitePage,
  user: withLateTexts(async () => (await import('../pages/user-page.tsx')).UserPage),
  organization: async () => (await import('../pages/organization-page.tsx')).OrganizationPage,
  audit: async () => (await import('../pages/audit-page.tsx')).AuditPage,
} as const;
