export const properties = {
  properties: {
    title: 'File delle proprietà',
    none: 'Nella cartella del progetto non c’è né properties.yml né properties.json. Il gestore di questa dashboard può aggiungerne uno per le impostazioni non mostrate qui.',
    lead: 'Letto da {{file}} nella cartella del progetto e applicato ai kit. Solo il gestore di questa dashboard può modificarlo.',
    wrong: '{{file}} contiene errori',
    withoutEffect: 'Impostazioni in {{file}} senza effetto; ne verifichi ortografia e sezione',
    refused: 'Nessun kit può essere creato finché il file non viene corretto o rimosso.',
    section: 'Per',
    name: 'Nome',
    value: 'Valore',
    project: 'Progetto',
    server: 'Server',
    client: 'Siti',
    admin: 'Console',
  },
} as const;
