export const requestMessages = {
  requestMessages: {
    title: 'Messages concernant la demande',
    none: 'Rien n’a été écrit. Vous pouvez poser une question au lieu de décider.',
    question: 'Question',
    reply: 'Votre réponse',
    send: 'Envoyer',
    message: 'Message à l’administrateur du projet',
    askAgain: 'Redemander',
    askedAgain: 'Votre demande attend de nouveau l’approbation.',
    back: 'Retour à la connexion',
    kinds: {
      asked_again: '{{author}} a redemandé',
      question: '{{author}} a demandé',
      reply: '{{author}} a répondu',
      approved: '{{author}} a approuvé la demande',
      denied: '{{author}} a refusé la demande',
    },
  },
};
