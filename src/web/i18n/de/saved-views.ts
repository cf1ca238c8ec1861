export const savedViews = {
  savedViews: {
    title: 'Gespeicherte Ansichten',
    save: 'Ansicht speichern',
    lead: 'Die Ansicht speichert Suche, Filter und Sortierung dieser Liste in Ihrem Konto.',
    name: 'Name',
    delete: 'Ansicht {{name}} löschen',
    deleted: 'Ansicht {{name}} gelöscht.',
  },
} as const;
