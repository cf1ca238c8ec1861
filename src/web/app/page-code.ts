/** The code of the pages, fetched when they are first wanted; the home page's comes with the first view. */
export const PAGE_CODE = {
  signUp: async () => (await import('../pages/sign-up-page.tsx')).SignUpPage,
  forgotPassword: async () => (await import('../pages/link-pages.tsx')).ForgotPasswordPage,
  resetPassword: async () => (await import('../pages/link-pages.tsx')).ResetPasswordPage,
  confirmEmail: async () => (await import('../pages/link-pages.tsx')).ConfirmEmailPage,
  messages: async () => (await import('../pages/messages-page.tsx')).MessagesPage,
  me: async () => (await import('../pages/me-page.tsx')).MePage,
  inbox: async () => (await import('../pages/inbox-page.tsx')).InboxPage,
  users: async () => (await import('../pages/users-page.tsx')).UsersPage,
  sites: async () => (await import('../pages/sites-page.tsx')).SitesPage,
  project: async () => (await import('../pages/project-page.tsx')).ProjectPage,
  server: async () => (await import('../pages/server-page.tsx')).ServerPage,
  freeze: async () => (await import('../pages/freeze-page.tsx')).FreezePage,
  downloads: async () => (await import('../pages/downloads-page.tsx')).DownloadsPage,
  certificates: async () => (await import('../pages/certificates-page.tsx')).CertificatesPage,
  audit: async () => (await import('../pages/audit-page.tsx')).AuditPage,
} as const;
