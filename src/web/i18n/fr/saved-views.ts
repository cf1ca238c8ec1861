export const savedViews = {
  savedViews: {
    title: 'Vues enregistrées',
    save: 'Enregistrer la vue',
    lead: 'La vue conserve la recherche, les filtres et le tri de cette liste avec votre compte.',
    name: 'Nom',
    delete: 'Supprimer la vue {{name}}',
    deleted: 'Vue {{name}} supprimée.',
  },
} as const;
