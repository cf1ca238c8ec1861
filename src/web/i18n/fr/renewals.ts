export const renewals = {
  renewals: {
    title: 'Expirations prochaines',
    within: 'sous {{days}} jours : {{count}}',
    name: 'Nom',
    organization: 'Organisation',
    expires: 'Expire le',
    daysLeft_one: '{{count}} jour restant',
    daysLeft_other: '{{count}} jours restants',
    key: 'Clé',
    keyOf: {
      same_key: 'reste chez son détenteur',
      new_kit: 'du tableau de bord',
    },
    renew: 'Renouveler',
    renewOf: 'Renouveler le certificat de {{name}}',
    sameKeyLead:
      'La clé reste où elle est et est certifiée à nouveau. Le registre marque le certificat précédent comme remplacé.',
    byToken:
      'Avec un jeton d’inscription, une commande dans le dossier au-dessus du kit suffit ; elle vérifie le certificat avant de l’échanger :',
    byRequest:
      'Ou générez une demande avec la même clé et déposez-la ici. Une fois approuvée, le kit sans clé et son place-key.sh mettent le certificat en place.',
    command: 'Commande',
    newKitLead:
      'Un nouveau kit avec une nouvelle clé est généré. Le registre marque le certificat précédent comme remplacé ; il fonctionne jusqu’au {{day}}, ce qui laisse le temps de changer de kit.',
    byHolder: 'son titulaire le renouvelle',
    toDownloads: 'Vers les téléchargements',
  },
} as const;
