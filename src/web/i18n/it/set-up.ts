export const setUp = {
  setUp: {
    title: 'Configurare il progetto',
    lead: 'Cinque passi. Può uscire in qualsiasi momento e riprendere dalla pagina iniziale; tutto resta modificabile nel menu.',
    leave: 'Esci',
    skip: 'Salta questo passo',
    next: 'Salva e continua',
    finish: 'Fine',
    steps: {
      project: 'Progetto',
      server: 'Server',
      kits: 'Kit',
      freeze: 'Blocco',
      invite: 'Inviti',
    },
    titles: {
      project: 'Come si chiama il progetto?',
      server: 'Dove funziona il server FL?',
      kits: 'Quale versione di NVFLARE usano i siti?',
      freeze: 'Bloccare il progetto',
      invite: 'Invitare persone',
    },
    serverHint: 'Ogni sito e ogni console deve raggiungerlo con questo nome, per esempio fl.example.org.',
    releaseHint: 'I kit vengono creati per questa versione. Potrà cambiarla in seguito.',
    keyBitsHint:
      'Chiavi più lunghe richiedono più tempo per essere generate; 3072 bit bastano per la maggior parte dei progetti.',
    freezeLead:
      'Il blocco crea la CA radice e fissa definitivamente i valori seguenti. Può farlo più tardi, ma i kit saranno disponibili solo dopo.',
    frozen: 'Il progetto è bloccato; i kit possono essere scaricati.',
    inviteLead:
      'Invii link di invito agli amministratori di organizzazione e ai ricercatori. Non serve alcuna approvazione. Può invitare persone anche più tardi.',
  },
} as const;
