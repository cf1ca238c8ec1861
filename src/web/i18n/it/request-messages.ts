export const requestMessages = {
  requestMessages: {
    title: 'Messaggi sulla richiesta',
    none: 'Non è stato scritto nulla. Può fare una domanda invece di decidere.',
    question: 'Domanda',
    reply: 'La Sua risposta',
    send: 'Invia',
    message: 'Messaggio all’amministratore del progetto',
    askAgain: 'Chiedi di nuovo',
    askedAgain: 'La Sua richiesta attende di nuovo l’approvazione.',
    back: 'Torna all’accesso',
    kinds: {
      asked_again: '{{author}} ha chiesto di nuovo',
      question: '{{author}} ha chiesto',
      reply: '{{author}} ha risposto',
      approved: '{{author}} ha approvato la richiesta',
      denied: '{{author}} ha rifiutato la richiesta',
    },
  },
};
