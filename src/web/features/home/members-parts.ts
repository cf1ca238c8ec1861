/** The code of what only members see of the home page. */
export const MEMBERS_PARTS = {
  checklist: async () => (await import('../onboarding/checklist.tsx')).Checklist,
  sites: async () => (await import('./sites-card.tsx')).SitesCard,
  clearKey: async () => (await import('../project/clear-key-note.tsx')).ClearKeyNote,
  release: async () => (await import('../project/release-question.tsx')).ReleaseQuestion,
} as const;
