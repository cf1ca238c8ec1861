import type { HelpTexts } from './help-content.ts';

export const help: HelpTexts = {
  lead: 'A che cosa serve questa dashboard e che cosa vi fa ogni persona.',
  yourWay: 'I Suoi passi',
  others: 'I passi degli altri',
  strangers: 'Senza account',
  ways: {
    stranger: [
      'Apra un link di invito oppure si registri nella pagina iniziale quando la registrazione è aperta.',
      'Scelga organizzazione e ruolo. Gli amministratori di organizzazione indicano anche i propri siti.',
      'Attenda la decisione di un amministratore del progetto. Acceda in qualsiasi momento per vederla.',
    ],
    project_admin: [
      'Indichi il nome breve del progetto in Progetto e il nome host in Server.',
      'Consenta le registrazioni oppure inviti le persone in Utenti.',
      'Approvi o rifiuti le richieste in Richieste.',
      'Congeli il progetto. Questo crea la CA radice e non può essere annullato.',
      'Scarichi il kit del server, lo apra con il suo PIN e avvii il server.',
      'Controlli i certificati di tanto in tanto: i kit scaduti devono essere scaricati di nuovo.',
    ],
    org_admin: [
      'Aggiunga i Suoi siti in Account. Un amministratore del progetto li approva.',
      'Quando il progetto è congelato, prenda i kit in Download: uno alla volta o tutti insieme.',
      'Copi ogni kit sul suo sito, lo apra con il suo PIN ed esegua lì startup/start.sh.',
      'Invii kit e PIN per vie diverse se il sito è gestito da un’altra persona.',
    ],
    lead: [
      'Quando la Sua richiesta è approvata e il progetto è congelato, scarichi il kit della console in Download.',
      'Lo apra con il suo PIN ed esegua startup/fl_admin.sh.',
      'Invii job ai siti dalla console.',
    ],
    member: [
      'Quando la Sua richiesta è approvata e il progetto è congelato, scarichi il kit della console in Download.',
      'Lo apra con il suo PIN ed esegua startup/fl_admin.sh.',
      'Consulti job e risultati nella console.',
    ],
  },
  terms: 'Termini',
  glossary: [
    ['Progetto', 'Uno studio federato: server, siti e persone condividono una CA radice.'],
    ['Sito', 'Un computer di un’organizzazione che addestra i modelli sui dati locali. I dati restano lì.'],
    ['Amministratore di organizzazione', 'Registra i siti di un’organizzazione e ne scarica i kit.'],
    [
      'Kit di avvio',
      'Un file zip con il certificato, la chiave e gli script di un sito, di un server o di una console.',
    ],
    ['PIN', 'Apre un solo kit. Viene mostrato quando il kit è generato e non è conservato da nessuna parte.'],
    ['Congelare', 'Fissa ciò che compare nei certificati, come nome breve e server, e crea la CA radice.'],
    [
      'Sigillata',
      'La chiave della CA radice è bloccata da una passphrase; senza di essa non si possono creare kit.',
    ],
    ['ZipCrypto', 'Una vecchia cifratura dei file zip che può essere violata. È preferibile AES-256.'],
  ],
  keys: 'Tastiera',
  keysLead:
    'Prema ? in qualsiasi pagina per i tasti disponibili e Ctrl+K per trovare persone, siti e pagine.',
  news: 'Novità',
  newsLead: 'Dal registro delle modifiche di questa versione, in inglese.',
};
