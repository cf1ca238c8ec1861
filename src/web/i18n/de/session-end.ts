export const sessionEnd = {
  sessionEnd: {
    title: 'Ihre Sitzung endet um {{time}}',
    idle: 'Sie haben die Seite eine Weile nicht benutzt.',
    stay: 'Angemeldet bleiben',
    limit:
      'Sitzungen dauern höchstens 12 Stunden. Ihre Eingaben bleiben erhalten, wenn Sie sich erneut anmelden.',
    logIn: 'Erneut anmelden',
    logInLead: 'Ihre Sitzung endet bald. Ihre Eingaben bleiben erhalten, und eine neue Sitzung beginnt.',
    expiredTitle: 'Ihre Sitzung ist beendet',
    expiredLead: 'Melden Sie sich erneut an, um fortzufahren. Ihre Eingaben bleiben erhalten.',
    giveUp: 'Ohne Anmeldung fortfahren',
  },
} as const;
