export const renewals = {
  renewals: {
    title: 'Prossime scadenze',
    within: 'entro {{days}} giorni: {{count}}',
    name: 'Nome',
    organization: 'Organizzazione',
    expires: 'Scade',
    daysLeft_one: 'manca {{count}} giorno',
    daysLeft_other: 'mancano {{count}} giorni',
    key: 'Chiave',
    keyOf: {
      same_key: 'resta dal titolare',
      new_kit: 'dalla dashboard',
    },
    renew: 'Rinnova',
    renewOf: 'Rinnova il certificato di {{name}}',
    sameKeyLead:
      'La chiave resta dov’è e viene certificata di nuovo. Il registro segna il certificato precedente come sostituito.',
    byToken:
      'Con un token di registrazione basta un comando nella cartella sopra il kit; controlla il certificato prima di scambiarlo:',
    byRequest:
      'Oppure generi una richiesta con la stessa chiave e la presenti qui. Una volta approvata, il kit senza chiave e il suo place-key.sh mettono il certificato al suo posto.',
    command: 'Comando',
    newKitLead:
      'Viene generato un nuovo kit con una nuova chiave. Il registro segna il certificato precedente come sostituito; funziona fino al {{day}}, quindi c’è tempo per cambiare kit.',
    byHolder: 'lo rinnova il titolare',
    toDownloads: 'Ai download',
  },
} as const;
