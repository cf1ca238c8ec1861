export const sessionEnd = {
  sessionEnd: {
    title: 'La sessione termina alle {{time}}',
    idle: 'Non ha usato la pagina da un po’.',
    stay: 'Resta connesso',
    limit: 'Una sessione dura al massimo 12 ore. Quanto ha scritto resta se accede di nuovo.',
    logIn: 'Accedi di nuovo',
    logInLead: 'La sessione termina tra poco. Quanto ha scritto resta e inizia una nuova sessione.',
    expiredTitle: 'La sessione è terminata',
    expiredLead: 'Acceda di nuovo per continuare. Nulla di quanto ha scritto è andato perso.',
    giveUp: 'Continua senza accedere',
  },
} as const;
