export const savedViews = {
  savedViews: {
    title: 'Viste salvate',
    save: 'Salva vista',
    lead: 'La vista conserva ricerca, filtri e ordinamento di questo elenco nel suo account.',
    name: 'Nome',
    delete: 'Elimina la vista {{name}}',
    deleted: 'Vista {{name}} eliminata.',
  },
} as const;
