export const savedViews = {
  savedViews: {
    title: 'Saved views',
    save: 'Save view',
    lead: 'The view keeps the search, filters and sorting of this list with your account.',
    name: 'Name',
    delete: 'Delete the view {{name}}',
    deleted: 'View {{name}} deleted.',
  },
} as const;
