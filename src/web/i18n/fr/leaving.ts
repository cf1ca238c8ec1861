export const leaving = {
  leaving: {
    title: 'Se déconnecter et abandonner les modifications ?',
    lead: 'Ce que vous avez saisi sans l’enregistrer sera perdu à la déconnexion.',
    submit: 'Abandonner et se déconnecter',
  },
} as const;
