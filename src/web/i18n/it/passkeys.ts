export const passkeys = {
  passkeys: {
    title: 'Passkey',
    add: 'Aggiungi una passkey',
    newLead:
      'Il browser chiede quale dispositivo, telefono o chiave di sicurezza deve conservare la passkey.',
    name: 'Nome della passkey',
    nameHint: 'Per riconoscerla, ad esempio «Portatile di lavoro» o «Chiave blu».',
    create: 'Crea passkey',
    host: 'Valida per',
    created: 'Creata',
    used: 'Ultimo uso',
    never: 'Mai',
    rename: 'Rinomina',
    renameWhat: 'Rinomina la passkey {{name}}',
    remove: 'Rimuovi',
    removeWhat: 'Rimuovi la passkey {{name}}',
    removed: 'Passkey {{name}} rimossa.',
    use: 'Usa una passkey',
    stepLead: 'La password è corretta. Usi una passkey o inserisca un codice.',
    recoveryCode: 'Codice di recupero',
    recoveryHint: 'Uno dei codici conservati durante la configurazione del secondo fattore.',
    insteadOfApp: 'Usa invece una passkey',
    insteadOfPasskey: 'Usa invece un’app di autenticazione',
    known: 'Questo dispositivo ha già una passkey per questo account.',
    cancelled:
      'Il browser non ha usato alcuna passkey: operazione annullata, troppo lunga, o nessuna passkey trovata. Riprovi.',
    unsupported: {
      insecure:
        'Le passkey richiedono HTTPS. Questa pagina è stata aperta in HTTP semplice, dove i browser non le offrono.',
      address:
        'Le passkey richiedono un nome host. Apra la dashboard con il suo nome invece che con l’indirizzo IP.',
      missing: 'Questo browser non supporta le passkey.',
    },
  },
} as const;
