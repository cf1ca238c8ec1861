export const passwords = {
  passwords: {
    confirmTitle: 'Mit Passwort bestätigen',
    confirmLead: 'Ihre letzte Anmeldung liegt einige Zeit zurück. Geben Sie bitte Ihr Passwort erneut ein.',
    confirm: 'Bestätigen',
    currentPassword: 'Aktuelles Passwort',
    newPassword: 'Neues Passwort',
    repeatPassword: 'Neues Passwort wiederholen',
    changePassword: 'Passwort ändern',
    passwordChanged: 'Passwort geändert.',
    passwordsDiffer: 'Die Passwörter stimmen nicht überein.',
  },
} as const;
