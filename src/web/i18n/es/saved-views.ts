export const savedViews = {
  savedViews: {
    title: 'Vistas guardadas',
    save: 'Guardar vista',
    lead: 'La vista guarda la búsqueda, los filtros y el orden de esta lista en su cuenta.',
    name: 'Nombre',
    delete: 'Eliminar la vista {{name}}',
    deleted: 'Vista {{name}} eliminada.',
  },
} as const;
