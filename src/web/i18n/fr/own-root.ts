export const ownRoot = {
  ownRoot: {
    warning: {
      no_job_ca:
        'Son pathlen:0 n’autorise aucune CA sous elle : NVFLARE 2.10 a besoin d’une CA de tâches, ce projet ne pourra donc pas passer à 2.10 avec elle.',
      no_crl:
        'Elle ne peut pas signer de listes de révocation (cRLSign manque) : les proxys rejetteront celle du projet.',
    },
    title: 'AC racine',
    none: 'Le gel génère une AC racine. Vous pouvez utiliser la vôtre à la place.',
    certificate: 'Certificat de l’AC racine',
    certificateHint: 'PEM, DER ou PKCS#12 avec la clé ; son CN est le nom court du projet.',
    key: 'Clé privée',
    keyHint:
      'RSA, PEM. Elle est enregistrée sous la phrase secrète donnée au démarrage, sinon sous la sienne.',
    passphrase: 'Phrase secrète de la clé ou du fichier PKCS#12 (le cas échéant)',
    import: 'Importer',
    requestLead:
      'Ou faites-la signer par une autre AC, celle de l’hôpital par exemple : la clé est générée ici et y reste.',
    request: 'Générer une demande',
    requested:
      'La demande de l’AC racine « {{name}} » attend la signature d’une autre AC. Importez ce qu’elle émet, avec les certificats des AC au-dessus dans le même fichier PEM.',
    saveRequest: 'Enregistrer la demande',
    accept: 'Importer le certificat signé',
    discard: 'Abandonner',
    ready: 'Le gel prend cette AC racine :',
    subject: 'Sujet',
    issuer: 'Émetteur',
    expires: 'Expire',
    refused: 'Refusé',
  },
  rootRenewal: {
    title: 'AC racine',
    expires: 'L’AC racine expire le {{time}}.',
    progress:
      '{{renewed}} participants sur {{total}} ont le certificat racine actuel. Le précédent expire le {{time}} ; d’ici là, les kits fonctionnent ensemble avec l’un ou l’autre.',
    waiting: 'Encore avec le précédent',
    renew: 'Renouveler l’AC racine',
    lead: 'La clé reste, seul le certificat est renouvelé : personne ne doit changer de kit tout de suite, et ce qui a été émis reste valide. Chacun a besoin du kit suivant avant l’expiration du certificat actuel.',
    days: 'Valable (jours)',
    request: 'Une autre AC l’a signée. Faites-lui signer cette demande, puis choisissez ce qu’elle émet :',
    kits: 'A besoin du kit suivant',
    nobody: 'personne pour l’instant',
  },
} as const;
