export const sso = {
  sso: {
    title: 'Single sign-on',
    logIn: 'Accedi con {{provider}}',
    or: 'oppure con una password',
    noResponse: '{{provider}} non risponde',
    passwordsOff:
      'Qui le password sono disattivate per tutti, tranne che per il primo amministratore del progetto.',
    confirmTitle: 'Confermi la Sua identità',
    confirmLead:
      'È passato del tempo dal Suo accesso. Acceda di nuovo presso il Suo provider di identità, poi ripeta l’operazione.',
    confirm: 'Accedi di nuovo',
    connected: 'Il Suo account è collegato a {{provider}}.',
    connectLead: 'Colleghi il Suo account per accedere con {{provider}} anziché con la password.',
    connect: 'Collega l’account',
    disconnect: 'Scollega l’account',
    disconnected: 'Scollegato. D’ora in poi accedere con la password.',
    disconnectLead: 'In seguito si potrà accedere solo con la password.',
    linked: 'Il Suo account è collegato.',
    outcome: {
      unreachable: '{{provider}} non ha risposto. Riprovi più tardi o acceda con la password.',
      denied: 'L’accesso presso {{provider}} è stato interrotto.',
      clock:
        'Gli orologi di questa dashboard e di {{provider}} differiscono di più di un minuto. Avvisi chi gestisce questa dashboard.',
      state: 'Questo accesso è scaduto o è iniziato in un altro browser. Ricominci.',
      domain:
        'Qui non sono ammessi account con il Suo indirizzo e-mail. Si rivolga all’amministratore del progetto.',
      unverified:
        '{{provider}} non ha verificato il Suo indirizzo e-mail. Lo verifichi lì, poi acceda di nuovo.',
      account_denied: 'La Sua richiesta è stata respinta. Si rivolga all’amministratore del progetto.',
      exists:
        'Esiste già un account con il Suo indirizzo e-mail. Acceda con la relativa password, poi lo colleghi in Account.',
      taken: 'Questa persona di {{provider}} è già collegata a un altro account.',
      closed: 'Le registrazioni sono al momento chiuse. Chieda un account all’amministratore del progetto.',
      second_factor:
        '{{provider}} non ha chiesto un secondo fattore, richiesto da questo progetto. Configurarne uno lì e accedere di nuovo.',
      busy: 'Troppe richieste sono in attesa di approvazione. Riprovi più tardi.',
      failed:
        'L’accesso presso {{provider}} non è riuscito. Ricominci; se si ripete, avvisi chi gestisce la dashboard.',
    },
  },
} as const;
