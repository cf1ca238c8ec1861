export const certificateStates = {
  certificateState: {
    column: 'État',
    revoked: 'Révoqué',
    expired: 'Expiré',
    holder_deleted: 'Titulaire supprimé',
    holder_denied: 'Titulaire refusé',
    superseded: 'Remplacé',
    in_force: 'En vigueur',
    revokedFor: 'Révoqué : {{reason}}',
    issuedAs: 'Émis en tant que {{then}}, aujourd’hui {{now}}',
    keyHere: 'Clé générée par le tableau de bord',
    keyAtSite: 'Clé générée sur le site',
    expires_one: 'Expire dans {{count}} jour',
    expires_other: 'Expire dans {{count}} jours',
  },
  revocation: {
    revoke: 'Révoquer',
    revokeWhat: 'Révoquer le certificat de {{name}}',
    title: 'Révoquer le certificat de {{name}} ?',
    warning:
      'Cette action est irréversible. Un site ou une personne sans autre certificat valable devra être approuvé à nouveau avant le prochain téléchargement.',
    reason: 'Motif',
    all: 'Révoquer aussi tous les autres certificats valables de ce titulaire',
    done_one: '{{count}} certificat révoqué.',
    done_other: '{{count}} certificats révoqués.',
    unlisted: 'La liste de révocation sera mise à jour dès que l’AC racine sera descellée.',
    pending: 'De nouveau en attente d’approbation : {{names}}',
    lockOut:
      'Un serveur FL en marche continue d’accepter les certificats révoqués tant que vous n’avez pas exclu le site. NVFLARE 2.8 et versions ultérieures :',
    lockOutOlder:
      'Les versions antérieures de NVFLARE ne peuvent pas exclure un site ; placez devant le serveur un proxy qui vérifie la liste de révocation.',
    person:
      'NVFLARE ne vérifie pas la liste de révocation pour les consoles. Seul un proxy placé devant le serveur peut exclure une personne.',
    command: 'la commande',
    withDecision: 'Révoquer aussi leurs certificats',
    keep: 'Laisser les certificats valables',
    reasons: {
      unspecified: 'Non précisé',
      keyCompromise: 'La clé a été perdue ou volée',
      affiliationChanged: 'Le titulaire a changé d’organisation',
      superseded: 'Remplacé par un autre certificat',
      cessationOfOperation: 'Le titulaire ne participe plus',
      privilegeWithdrawn: 'Le titulaire n’a plus le droit de participer',
    },
    listTitle: 'Liste de révocation',
    listUntil: 'Liste n° {{number}}, valable jusqu’au {{date}}.',
    listIncomplete:
      'Des certificats révoqués ne figurent pas encore dans cette liste. Descellez l’AC racine.',
    listSealed: 'Elle ne peut pas être renouvelée tant que l’AC racine est scellée.',
  },
} as const;
