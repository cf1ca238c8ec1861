export const properties = {
  properties: {
    title: 'Fichier de propriétés',
    none: 'Le dossier du projet ne contient ni properties.yml ni properties.json. L’exploitant de ce tableau de bord peut en ajouter un pour les paramètres non affichés ici.',
    lead: 'Lu dans {{file}} du dossier du projet et appliqué aux kits. Seul l’exploitant de ce tableau de bord peut le modifier.',
    wrong: '{{file}} contient des erreurs',
    withoutEffect: 'Paramètres de {{file}} sans effet ; vérifiez leur orthographe et leur section',
    refused: 'Aucun kit ne peut être créé tant que le fichier n’est pas corrigé ou supprimé.',
    section: 'Pour',
    name: 'Nom',
    value: 'Valeur',
    project: 'Projet',
    server: 'Serveur',
    client: 'Sites',
    admin: 'Consoles',
  },
} as const;
