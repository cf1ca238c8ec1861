export const objections = {
  objections: {
    title: 'Demandes d’adhésion à {{organization}}',
    lead: 'L’administrateur du projet décide. Opposez-vous si une personne n’appartient pas à votre organisation ; il voit votre opposition avant d’approuver.',
    object: 'S’opposer',
    objectTo: 'S’opposer à la demande de {{name}}',
    reason: 'Motif, pour l’administrateur du projet',
    objected: 'Vous vous opposez à la demande de {{name}}.',
    withdraw: 'Retirer',
    withdrawOf: 'Retirer l’opposition à la demande de {{name}}',
    withdrawn: 'Votre opposition à la demande de {{name}} est retirée.',
    of: '{{who}} s’oppose à cette demande : {{reason}}',
    silent: '{{who}} s’oppose à cette demande.',
    overrides: 'L’approbation passe outre ces oppositions :',
    anyway: 'Approuver quand même',
  },
};
