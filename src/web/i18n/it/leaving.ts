export const leaving = {
  leaving: {
    title: 'Uscire e scartare le modifiche?',
    lead: 'Quanto ha scritto senza salvarlo andrà perso all’uscita.',
    submit: 'Scarta ed esci',
  },
} as const;
