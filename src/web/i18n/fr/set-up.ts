export const setUp = {
  setUp: {
    title: 'Configurer le projet',
    lead: 'Cinq étapes. Vous pouvez quitter à tout moment et reprendre depuis la page d’accueil ; tout reste modifiable dans le menu.',
    leave: 'Quitter',
    skip: 'Passer cette étape',
    next: 'Enregistrer et continuer',
    finish: 'Terminer',
    steps: {
      project: 'Projet',
      server: 'Serveur',
      kits: 'Kits',
      freeze: 'Gel',
      invite: 'Invitations',
    },
    titles: {
      project: 'Comment s’appelle le projet ?',
      server: 'Où fonctionne le serveur FL ?',
      kits: 'Quelle version de NVFLARE les sites utilisent-ils ?',
      freeze: 'Geler le projet',
      invite: 'Inviter des personnes',
    },
    serverHint:
      'Chaque site et chaque console doit pouvoir le joindre sous ce nom, par exemple fl.example.org.',
    releaseHint: 'Les kits sont créés pour cette version. Vous pourrez la changer plus tard.',
    keyBitsHint:
      'Des clés plus longues prennent plus de temps à générer ; 3072 bits conviennent à la plupart des projets.',
    freezeLead:
      'Le gel crée l’AC racine et fixe définitivement les valeurs ci-dessous. Vous pouvez le faire plus tard, mais les kits ne seront disponibles qu’ensuite.',
    frozen: 'Le projet est gelé ; les kits peuvent être téléchargés.',
    inviteLead:
      'Envoyez des liens d’invitation aux administrateurs d’organisation et aux chercheurs. Ils n’ont pas besoin d’approbation. Vous pourrez aussi inviter des personnes plus tard.',
  },
} as const;
