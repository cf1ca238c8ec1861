export const sessionEnd = {
  sessionEnd: {
    title: 'Ihre Sitzung endet um {{time}}',
    idle: 'Sie haben die Seite eine Weile nicht benutzt.',
    stay: 'Angemeldet bleiben',
    limit:
      'Sitzungen dauern höchstens 12 Stunden. Ihre Eingaben bleiben erhalten, wenn Sie sich erneut anmelden.',
    logIn: 'Erneut anmelden',
    logInLead: 'Ihre Sitzung endet bald. Ihre Eingaben bleiben erhalten, und eine neue Sitzung beginnt.',
  },
} as const;
