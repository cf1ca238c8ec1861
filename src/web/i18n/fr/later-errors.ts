/** Errors of fields that no first view has. */
export const laterErrors = {
  errors: {
    fields: {
      csv_encoding:
        'Ce n’est pas un fichier CSV en UTF-8. Dans Excel, enregistrez-le au format « CSV UTF-8 ».',
      csv_syntax:
        'Ce n’est pas un tableau CSV valide : un guillemet n’est pas fermé, ou une ligne a plus de cellules que l’en-tête.',
      csv_empty: 'Le tableau n’a aucune ligne sous son en-tête.',
      csv_rows: 'Le tableau est trop long : 500 lignes au maximum.',
      missing_column: 'Cette colonne manque.',
      unknown_column: 'Cette colonne est inconnue. Supprimez-la ou corrigez son nom.',
      unknown_role: 'Utilisez member, lead ou org_admin.',
      whole_number: 'Indiquez un nombre entier, 1024 GPU et 65535 Gio au maximum.',
      admin_only: 'Seul l’administrateur du projet peut choisir cette valeur.',
      not_org_admin: 'Ce n’est pas un administrateur approuvé de cette organisation.',
      invited: 'Cette personne a déjà une invitation ouverte.',
      root_unsigned:
        'La demande de l’AC racine n’est pas encore signée. Importez le certificat ou abandonnez la demande.',
      root_forbids_job_ca:
        'La CA racine n’autorise aucune CA sous elle (pathlen:0), et les serveurs de NVFLARE 2.10 ont besoin d’une CA de tâches. Choisissez 2.9 ou importez une autre CA racine.',
      root_needs_grpc:
        'Une AC racine signée par une autre AC ne fonctionne qu’avec gRPC et NVFLARE 2.7 ou plus récent.',
      root_unreadable: 'Ce certificat est illisible. Choisissez un fichier PEM ou DER sans clé privée.',
      root_pkcs12:
        'C’est un fichier PKCS#12, qui contient déjà la clé. Importez-le seul, sans fichier de clé.',
      root_not_rsa: 'Le certificat n’a pas de clé RSA, dont NVFLARE a besoin. Utilisez une clé RSA.',
      root_weak: 'Trop faible : il faut une clé RSA de 2 048 à 8 192 bits et une signature SHA-256 ou mieux.',
      root_not_ca: 'Ce n’est pas le certificat d’une AC : il faut basicConstraints, critique, avec CA:TRUE.',
      root_no_cert_sign: 'Ce certificat ne peut pas en signer d’autres : il faut keyUsage avec keyCertSign.',
      root_restricted:
        'Cette AC est limitée à d’autres usages (contraintes de nom, extendedKeyUsage ou extension critique). Faites-la émettre sans cela.',
      root_path_length:
        'Une AC au-dessus n’autorise pas d’autre AC (pathlen). Faites-la signer par une autre.',
      root_outdated: 'Ce certificat a expiré.',
      root_not_yet_valid: 'Ce certificat n’est pas encore valide.',
      root_wrong_name:
        'Son CN n’est pas le nom court du projet. Faites-le émettre pour ce nom, ou changez le nom court.',
      root_surplus: 'Le fichier contient d’autres certificats étrangers à la chaîne. Retirez-les.',
      root_chain_incomplete:
        'Il manque une AC au-dessus. Ajoutez les certificats jusqu’à celui qui est autosigné.',
      root_chain_invalid: 'Une AC au-dessus a expiré ou ne peut pas signer de certificats.',
      root_mismatch: 'Le certificat et la clé ne vont pas ensemble.',
      key_unreadable: 'Cette clé privée est illisible. Choisissez un fichier PEM (PKCS#1 ou PKCS#8).',
      key_not_rsa: 'Ce n’est pas une clé RSA, dont NVFLARE a besoin.',
      key_encrypted: 'La clé est chiffrée. Saisissez sa phrase secrète.',
      key_derivation:
        'Essayer la phrase secrète de cette clé prendrait trop de temps : chiffrez-la de nouveau avec « openssl pkcs8 -topk8 ».',
      key_passphrase_wrong: 'Cette phrase secrète n’ouvre pas le fichier.',
      pkcs12_unreadable: 'Ce fichier PKCS#12 est endommagé.',
      pkcs12_unsupported:
        'Ce fichier PKCS#12 est chiffré d’une manière qui n’est pas prise en charge. Exportez-le à nouveau, par exemple avec openssl pkcs12 -export.',
      pkcs12_incomplete: 'Ce fichier PKCS#12 doit contenir la clé et le certificat de la CA racine.',
      pkcs12_several_keys:
        'Ce fichier PKCS#12 contient plusieurs clés privées. Exportez seulement celle de la CA racine.',
      pkcs12_derivation:
        'Essayer la phrase secrète de ce fichier PKCS#12 prendrait trop de temps. Exportez-le à nouveau avec moins d’itérations.',
    },
  },
};
