export const sso = {
  sso: {
    title: 'Authentification unique',
    logIn: 'Se connecter avec {{provider}}',
    or: 'ou avec un mot de passe',
    noResponse: '{{provider}} ne répond pas',
    passwordsOff:
      'Les mots de passe sont désactivés ici pour tous, sauf pour le premier administrateur du projet.',
    confirmTitle: 'Confirmez votre identité',
    confirmLead:
      'Votre connexion remonte à un certain temps. Connectez-vous de nouveau auprès de votre fournisseur d’identité, puis répétez l’opération.',
    confirm: 'Se reconnecter',
    connected: 'Votre compte est associé à {{provider}}.',
    connectLead: 'Associez votre compte pour vous connecter avec {{provider}} au lieu de votre mot de passe.',
    connect: 'Associer le compte',
    disconnect: 'Dissocier le compte',
    disconnected: 'Dissocié. Connectez-vous désormais avec votre mot de passe.',
    disconnectLead: 'Vous ne pourrez ensuite vous connecter qu’avec votre mot de passe.',
    linked: 'Votre compte est associé.',
    outcome: {
      unreachable:
        '{{provider}} n’a pas répondu. Réessayez plus tard ou connectez-vous avec votre mot de passe.',
      denied: 'La connexion auprès de {{provider}} a été interrompue.',
      clock:
        'Les horloges de ce tableau de bord et de {{provider}} diffèrent de plus d’une minute. Prévenez l’exploitant de ce tableau de bord.',
      state: 'Cette connexion a expiré ou a commencé dans un autre navigateur. Recommencez.',
      domain:
        'Les comptes associés à votre adresse e-mail ne sont pas acceptés ici. Adressez-vous à l’administrateur du projet.',
      unverified:
        '{{provider}} n’a pas vérifié votre adresse e-mail. Faites-la vérifier, puis reconnectez-vous.',
      account_denied: 'Votre demande a été refusée. Adressez-vous à l’administrateur du projet.',
      exists:
        'Un compte existe déjà avec votre adresse e-mail. Connectez-vous avec son mot de passe, puis associez-le sous Compte.',
      taken: 'Cette personne chez {{provider}} est déjà associée à un autre compte.',
      closed:
        'Les inscriptions sont fermées pour le moment. Demandez un compte à l’administrateur du projet.',
      second_factor:
        '{{provider}} n’a pas demandé de second facteur, exigé par ce projet. Configurez-en un chez lui, puis reconnectez-vous.',
      busy: 'Trop de demandes sont en attente d’approbation. Réessayez plus tard.',
      failed:
        'La connexion auprès de {{provider}} a échoué. Recommencez ; si cela se reproduit, prévenez l’exploitant.',
    },
  },
} as const;
