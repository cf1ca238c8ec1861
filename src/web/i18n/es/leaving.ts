export const leaving = {
  leaving: {
    title: '¿Cerrar sesión y descartar los cambios?',
    lead: 'Lo que ha escrito sin guardarlo se perderá al cerrar la sesión.',
    submit: 'Descartar y cerrar sesión',
  },
} as const;
