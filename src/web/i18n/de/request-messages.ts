export const requestMessages = {
  requestMessages: {
    title: 'Nachrichten zur Anfrage',
    none: 'Noch wurde nichts geschrieben. Statt zu entscheiden, können Sie eine Frage stellen.',
    question: 'Frage',
    reply: 'Ihre Antwort',
    send: 'Senden',
    message: 'Nachricht an den Projekt-Admin',
    askAgain: 'Erneut anfragen',
    askedAgain: 'Ihre Anfrage wartet wieder auf die Freigabe.',
    back: 'Zurück zur Anmeldung',
    kinds: {
      asked_again: '{{author}} hat erneut angefragt',
      question: '{{author}} hat gefragt',
      reply: '{{author}} hat geantwortet',
      approved: '{{author}} hat die Anfrage freigegeben',
      denied: '{{author}} hat die Anfrage abgelehnt',
    },
  },
};
