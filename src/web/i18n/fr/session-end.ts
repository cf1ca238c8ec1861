export const sessionEnd = {
  sessionEnd: {
    title: 'Votre session expire à {{time}}',
    idle: 'Vous n’avez pas utilisé la page depuis un moment.',
    stay: 'Rester connecté',
    limit: 'Une session dure 12 heures au plus. Votre saisie est conservée si vous vous reconnectez.',
    logIn: 'Se reconnecter',
    logInLead: 'Votre session expire bientôt. Votre saisie est conservée et une nouvelle session commence.',
    expiredTitle: 'Votre session a expiré',
    expiredLead: 'Reconnectez-vous pour continuer. Rien de ce que vous avez saisi n’est perdu.',
    giveUp: 'Continuer sans se connecter',
  },
} as const;
