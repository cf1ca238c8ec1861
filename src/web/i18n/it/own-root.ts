export const ownRoot = {
  ownRoot: {
    title: 'CA radice',
    none: 'Il congelamento genera una CA radice. Puoi usare invece la tua.',
    certificate: 'Certificato della CA radice',
    certificateHint: 'PEM o DER; il suo CN è il nome breve del progetto.',
    key: 'Chiave privata',
    keyHint: 'RSA, PEM. Viene salvata con la passphrase di avvio, altrimenti con la propria.',
    passphrase: 'Passphrase della chiave (se presente)',
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
} as const;
