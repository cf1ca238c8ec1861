export const imports = {
  imports: {
    button: 'Importer un CSV',
    sites: 'Importer des sites',
    people: 'Inviter des personnes depuis un fichier CSV',
    leadSites:
      'Une ligne par site sous une ligne d’en-tête. Seul le nom est obligatoire, et l’organisation pour les administrateurs du projet. « owner » est l’adresse e-mail d’un administrateur de l’organisation.',
    leadPeople:
      'Une ligne par personne sous une ligne d’en-tête. Le rôle est member, lead ou org_admin. Chaque personne reçoit son propre lien.',
    columns: 'Colonnes : {{columns}}',
    template: 'Enregistrer un modèle',
    drop: 'Déposez un fichier CSV ici ou choisissez-en un.',
    choose: 'Choisir un fichier CSV',
    another: 'Choisir un autre fichier',
    fileRefused: 'Ce fichier ne peut pas être importé',
    preview: 'Aperçu du tableau',
    line: 'Ligne',
    result: 'Résultat',
    ready: 'prêt',
    newOrganization: 'nouvelle organisation',
    similar: 'Vouliez-vous dire {{names}} ?',
    allGood_one: '{{count}} ligne, sans erreur. Rien n’a encore été importé.',
    allGood_other: '{{count}} lignes, sans erreur. Rien n’a encore été importé.',
    wrong_one:
      '{{count}} ligne contient des erreurs. Rien n’a été importé. Corrigez-la dans votre fichier, puis choisissez-le à nouveau.',
    wrong_other:
      '{{count}} lignes contiennent des erreurs. Rien n’a été importé. Corrigez-les dans votre fichier, puis choisissez-le à nouveau.',
    more_one: 'et {{count}} autre ligne',
    more_other: 'et {{count}} autres lignes',
    addSites_one: 'Ajouter {{count}} site',
    addSites_other: 'Ajouter {{count}} sites',
    invitePeople_one: 'Inviter {{count}} personne',
    invitePeople_other: 'Inviter {{count}} personnes',
    added_one: '{{count}} site ajouté ; en attente d’approbation.',
    added_other: '{{count}} sites ajoutés ; en attente d’approbation.',
    saveLinks: 'Enregistrer les liens en CSV',
  },
} as const;
