export const passwords = {
  passwords: {
    confirmTitle: 'Confirmez avec votre mot de passe',
    confirmLead: 'Votre connexion date d’un certain temps. Saisissez à nouveau votre mot de passe.',
    confirm: 'Confirmer',
    currentPassword: 'Mot de passe actuel',
    newPassword: 'Nouveau mot de passe',
    repeatPassword: 'Répétez le nouveau mot de passe',
    changePassword: 'Changer le mot de passe',
    passwordChanged: 'Mot de passe changé.',
    passwordsDiffer: 'Les mots de passe ne correspondent pas.',
  },
} as const;
