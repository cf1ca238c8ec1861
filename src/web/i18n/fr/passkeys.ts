export const passkeys = {
  passkeys: {
    title: 'Clés d’accès',
    add: 'Ajouter une clé d’accès',
    newLead:
      'Votre navigateur demande quel appareil, téléphone ou clé de sécurité doit conserver la clé d’accès.',
    name: 'Nom de la clé d’accès',
    nameHint: 'Pour la reconnaître, par exemple « Portable professionnel » ou « Clé bleue ».',
    create: 'Créer la clé d’accès',
    host: 'Valable pour',
    created: 'Création',
    used: 'Dernière utilisation',
    never: 'Jamais',
    rename: 'Renommer',
    renameWhat: 'Renommer la clé d’accès {{name}}',
    remove: 'Supprimer',
    removeWhat: 'Supprimer la clé d’accès {{name}}',
    removed: 'Clé d’accès {{name}} supprimée.',
    use: 'Utiliser une clé d’accès',
    stepLead: 'Votre mot de passe est correct. Utilisez une clé d’accès ou saisissez un code.',
    recoveryCode: 'Code de récupération',
    recoveryHint: 'L’un des codes conservés lors de la configuration du second facteur.',
    insteadOfApp: 'Utiliser plutôt une clé d’accès',
    insteadOfPasskey: 'Utiliser plutôt une application d’authentification',
    known: 'Cet appareil possède déjà une clé d’accès pour ce compte.',
    cancelled:
      'Le navigateur n’a utilisé aucune clé d’accès : opération annulée, trop longue, ou aucune clé trouvée. Réessayez.',
    unsupported: {
      insecure:
        'Les clés d’accès exigent HTTPS. Cette page a été ouverte en HTTP simple, où les navigateurs ne les proposent pas.',
      address:
        'Les clés d’accès exigent un nom d’hôte. Ouvrez le tableau de bord par son nom et non par son adresse IP.',
      missing: 'Ce navigateur ne prend pas en charge les clés d’accès.',
    },
  },
} as const;
