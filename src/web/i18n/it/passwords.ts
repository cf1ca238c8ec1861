export const passwords = {
  passwords: {
    confirmTitle: 'Confermi con la password',
    confirmLead: 'È passato del tempo dall’accesso. Inserisca di nuovo la password.',
    confirm: 'Conferma',
    currentPassword: 'Password attuale',
    newPassword: 'Nuova password',
    repeatPassword: 'Ripeta la nuova password',
    changePassword: 'Cambia password',
    passwordChanged: 'Password cambiata.',
    passwordsDiffer: 'Le password non coincidono.',
  },
} as const;
