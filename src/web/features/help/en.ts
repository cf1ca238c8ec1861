import type { HelpTexts } from './help-content.ts';

export const help: HelpTexts = {
  lead: 'What this dashboard is for, and what each person does here.',
  yourWay: 'Your steps',
  others: 'The steps of the others',
  strangers: 'Without an account',
  ways: {
    stranger: [
      'Open an invitation link, or sign up on the home page when sign-up is open.',
      'Choose your organization and role. Organization admins also name their sites.',
      'Wait for the decision of a project admin. Log in at any time to see it.',
    ],
    project_admin: [
      'Set the short name of the project under Project, and the host name under Server.',
      'Allow sign-ups, or invite people under Users.',
      'Approve or deny requests in the inbox.',
      'Freeze the project. This creates the root CA and cannot be undone.',
      'Download the server’s kit, open it with its PIN, and start the server.',
      'Look at Certificates now and then: expired kits must be downloaded again.',
    ],
    org_admin: [
      'Add your sites under Account. A project admin approves them.',
      'Once the project is frozen, get the kits under Downloads: one by one, or all at once.',
      'Copy each kit to its site, open it with its PIN, and run startup/start.sh there.',
      'Send kit and PIN by different ways when somebody else runs the site.',
    ],
    lead: [
      'Once you are approved and the project is frozen, download your console kit under Downloads.',
      'Open it with its PIN and run startup/fl_admin.sh.',
      'Submit jobs to the sites from the console.',
    ],
    member: [
      'Once you are approved and the project is frozen, download your console kit under Downloads.',
      'Open it with its PIN and run startup/fl_admin.sh.',
      'Look at jobs and results in the console.',
    ],
  },
  terms: 'Terms',
  glossary: [
    ['Project', 'One federated study: its server, sites and people share one root CA.'],
    ['Site', 'A machine of an organization that trains models on the data there. The data stay on it.'],
    ['Organization admin', 'Registers the sites of an organization and downloads their kits.'],
    ['Startup kit', 'A zip file with the certificate, key and scripts of one site, server or console.'],
    ['PIN', 'Opens one kit. It is shown when the kit is generated and kept nowhere.'],
    ['Freeze', 'Fixes what stands in certificates, such as short name and server, and creates the root CA.'],
    ['Sealed', 'The key of the root CA is locked by a passphrase; no kit can be made until it is entered.'],
    ['ZipCrypto', 'An old encryption of zip files that can be broken. Prefer AES-256.'],
  ],
  keys: 'Keyboard',
  keysLead: 'Press ? on any page for the keys that work there, and Ctrl+K to find people, sites and pages.',
  news: 'What is new',
  newsLead: 'From the changelog of this version, in English.',
};
