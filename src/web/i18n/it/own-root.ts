export const ownRoot = {
  ownRoot: {
    warning: {
      no_job_ca:
        'Il suo pathlen:0 non consente alcuna CA al di sotto: NVFLARE 2.10 ha bisogno di una CA dei job, quindi questo progetto non potrà passare a 2.10 con essa.',
      no_crl: 'Non può firmare liste di revoca (manca cRLSign): i proxy rifiuteranno quella del progetto.',
    },
    title: 'CA radice',
    none: 'Il congelamento genera una CA radice. Puoi usare invece la tua.',
    certificate: 'Certificato della CA radice',
    certificateHint: 'PEM, DER o PKCS#12 con la chiave; il suo CN è il nome breve del progetto.',
    key: 'Chiave privata',
    keyHint: 'RSA, PEM. Viene salvata con la passphrase di avvio, altrimenti con la propria.',
    passphrase: 'Passphrase della chiave o del file PKCS#12 (se presente)',
    import: 'Importa',
    requestLead:
      'Oppure falla firmare da un’altra CA, ad esempio quella dell’ospedale: la chiave viene generata qui e qui resta.',
    request: 'Genera una richiesta',
    requested:
      'La richiesta della CA radice «{{name}}» attende la firma di un’altra CA. Importa ciò che emette, con i certificati delle CA superiori nello stesso file PEM.',
    saveRequest: 'Salva la richiesta',
    accept: 'Importa il certificato firmato',
    discard: 'Scarta',
    ready: 'Il congelamento usa questa CA radice:',
    subject: 'Soggetto',
    issuer: 'Emittente',
    expires: 'Scade',
    refused: 'Rifiutato',
  },
  rootRenewal: {
    title: 'CA radice',
    expires: 'La CA radice scade il {{time}}.',
    progress:
      '{{renewed}} partecipanti su {{total}} hanno il certificato radice attuale. Quello precedente scade il {{time}}; fino ad allora i kit con l’uno o l’altro funzionano insieme.',
    waiting: 'Ancora con quello precedente',
    renew: 'Rinnova la CA radice',
    lead: 'La chiave resta, si rinnova solo il certificato: nessuno deve cambiare subito il kit e quanto emesso resta valido. Tutti hanno bisogno del prossimo kit prima che il certificato attuale scada.',
    days: 'Valida per (giorni)',
    request: 'L’ha firmata un’altra CA. Falle firmare questa richiesta, poi scegli ciò che emette:',
    kits: 'Ha bisogno del prossimo kit',
    nobody: 'ancora nessuno',
  },
} as const;
