import type { Role } from '../../../contract/roles.ts';

/** The code of what only members see of the home page. */
export const MEMBERS_PARTS = {
  admin: async () => (await import('./admin-home.tsx')).AdminHome,
  organization: async () => (await import('./organization-home.tsx')).OrganizationHome,
  researcher: async () => (await import('./researcher-home.tsx')).ResearcherHome,
  sites: async () => (await import('./sites-card.tsx')).SitesCard,
  clearKey: async () => (await import('../project/clear-key-note.tsx')).ClearKeyNote,
  messages: async () => (await import('../request-messages/request-messages.tsx')).RequestMessages,
  terms: async () => (await import('../face/terms-note.tsx')).TermsNote,
  release: async () => (await import('../project/release-question.tsx')).ReleaseQuestion,
  unconfirmed: async () => (await import('../password-links/unconfirmed-note.tsx')).UnconfirmedNote,
} as const;

/** Returns what of it somebody of a role sees first. */
export const partsOf = (role: Role | undefined): readonly (() => Promise<unknown>)[] => {
  if (role === 'project_admin') {
    return [MEMBERS_PARTS.admin];
  }
  return [role === 'org_admin' ? MEMBERS_PARTS.organization : MEMBERS_PARTS.researcher, MEMBERS_PARTS.sites];
};
