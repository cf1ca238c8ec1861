export const certificateStates = {
  certificateState: {
    column: 'Stato',
    revoked: 'Revocato',
    expired: 'Scaduto',
    holder_deleted: 'Titolare eliminato',
    holder_denied: 'Titolare rifiutato',
    superseded: 'Sostituito',
    in_force: 'In vigore',
    revokedFor: 'Revocato: {{reason}}',
    issuedAs: 'Emesso come {{then}}, ora {{now}}',
    keyHere: 'Chiave generata dalla dashboard',
    keyAtSite: 'Chiave generata presso il sito',
    expires_one: 'Scade tra {{count}} giorno',
    expires_other: 'Scade tra {{count}} giorni',
  },
  revocation: {
    revoke: 'Revoca',
    revokeWhat: 'Revoca il certificato di {{name}}',
    title: 'Revocare il certificato di {{name}}?',
    warning:
      'L’operazione non può essere annullata. Un sito o una persona senza un altro certificato valido dovrà essere approvato di nuovo prima del prossimo download.',
    reason: 'Motivo',
    all: 'Revoca anche tutti gli altri certificati validi di questo titolare',
    done_one: '{{count}} certificato revocato.',
    done_other: '{{count}} certificati revocati.',
    unlisted: 'L’elenco delle revoche sarà aggiornato appena la CA radice sarà sbloccata.',
    pending: 'Di nuovo in attesa di approvazione: {{names}}',
    lockOut:
      'Un server FL in esecuzione continua ad accettare i certificati revocati finché non esclude il sito. NVFLARE 2.8 e successivi:',
    lockOutOlder:
      'Le versioni precedenti di NVFLARE non possono escludere un sito; ponga davanti al server un proxy che verifichi l’elenco delle revoche.',
    person:
      'NVFLARE non verifica l’elenco delle revoche per le console. Solo un proxy davanti al server può escludere una persona.',
    command: 'il comando',
    withDecision: 'Revoca anche i relativi certificati',
    keep: 'Mantieni validi i certificati',
    reasons: {
      unspecified: 'Non specificato',
      keyCompromise: 'La chiave è stata persa o rubata',
      affiliationChanged: 'Il titolare ha cambiato organizzazione',
      superseded: 'Sostituito da un altro certificato',
      cessationOfOperation: 'Il titolare non partecipa più',
      privilegeWithdrawn: 'Il titolare non può più partecipare',
    },
    listTitle: 'Elenco delle revoche',
    listUntil: 'Elenco n. {{number}}, valido fino al {{date}}.',
    listIncomplete:
      'Alcuni certificati revocati non figurano ancora in questo elenco. Sblocchi la CA radice.',
    listSealed: 'Non può essere rinnovato finché la CA radice è sigillata.',
  },
} as const;
