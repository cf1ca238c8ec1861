import type { HelpTexts } from './help-content.ts';

export const help: HelpTexts = {
  lead: 'À quoi sert ce tableau de bord et ce que chacun y fait.',
  yourWay: 'Vos étapes',
  others: 'Les étapes des autres',
  strangers: 'Sans compte',
  ways: {
    stranger: [
      'Ouvrez un lien d’invitation, ou inscrivez-vous sur la page d’accueil lorsque les inscriptions sont ouvertes.',
      'Choisissez votre organisation et votre rôle. Les administrateurs d’organisation indiquent aussi leurs sites.',
      'Attendez la décision d’un administrateur du projet. Connectez-vous à tout moment pour la voir.',
    ],
    project_admin: [
      'Indiquez le nom court du projet sous Projet et le nom d’hôte sous Serveur.',
      'Autorisez les inscriptions, ou invitez des personnes sous Utilisateurs.',
      'Approuvez ou refusez les demandes sous Demandes.',
      'Gelez le projet. Cela crée l’AC racine et ne peut pas être annulé.',
      'Téléchargez le kit du serveur, ouvrez-le avec son code PIN et démarrez le serveur.',
      'Consultez les certificats de temps à autre : les kits expirés doivent être téléchargés à nouveau.',
    ],
    org_admin: [
      'Ajoutez vos sites sous Compte. Un administrateur du projet les approuve.',
      'Une fois le projet gelé, récupérez les kits sous Téléchargements : un par un ou tous à la fois.',
      'Copiez chaque kit sur son site, ouvrez-le avec son code PIN et lancez-y startup/start.sh.',
      'Envoyez le kit et le code PIN par des voies différentes si une autre personne exploite le site.',
    ],
    lead: [
      'Une fois votre demande approuvée et le projet gelé, téléchargez votre kit de console sous Téléchargements.',
      'Ouvrez-le avec son code PIN et lancez startup/fl_admin.sh.',
      'Soumettez des jobs aux sites depuis la console.',
    ],
    member: [
      'Une fois votre demande approuvée et le projet gelé, téléchargez votre kit de console sous Téléchargements.',
      'Ouvrez-le avec son code PIN et lancez startup/fl_admin.sh.',
      'Consultez les jobs et les résultats dans la console.',
    ],
  },
  terms: 'Termes',
  glossary: [
    ['Projet', 'Une étude fédérée : son serveur, ses sites et ses personnes partagent une même AC racine.'],
    [
      'Site',
      'Une machine d’une organisation qui entraîne des modèles sur les données locales. Les données y restent.',
    ],
    ['Administrateur d’organisation', 'Enregistre les sites d’une organisation et télécharge leurs kits.'],
    [
      'Kit de démarrage',
      'Un fichier zip avec le certificat, la clé et les scripts d’un site, d’un serveur ou d’une console.',
    ],
    ['Code PIN', 'Ouvre un seul kit. Il est affiché lors de la génération et n’est conservé nulle part.'],
    [
      'Gel',
      'Fixe ce qui figure dans les certificats, comme le nom court et le serveur, et crée l’AC racine.',
    ],
    [
      'Scellée',
      'La clé de l’AC racine est verrouillée par une phrase secrète ; sans elle, aucun kit ne peut être créé.',
    ],
    ['ZipCrypto', 'Un ancien chiffrement des fichiers zip, qui peut être cassé. Préférez AES-256.'],
  ],
  keys: 'Clavier',
  keysLead:
    'Appuyez sur ? sur n’importe quelle page pour voir les touches disponibles, et sur Ctrl+K pour trouver des personnes, des sites et des pages.',
  news: 'Nouveautés',
  newsLead: 'Extrait du journal des modifications de cette version, en anglais.',
};
