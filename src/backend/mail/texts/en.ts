import { isRole, type Role } from '../../../contract/roles.ts';
import { dayOf, momentOf, type MailTexts } from '../mail-content.ts';

const ROLES: Readonly<Record<Role, string>> = {
  project_admin: 'project admin',
  org_admin: 'organization admin',
  lead: 'lead',
  member: 'member',
};
const roleText = (role: string): string => (isRole(role) ? ROLES[role] : role);

export const en: MailTexts = {
  invitation: ({ project, url, inviter, organization, role, until }) => ({
    subject: `Invitation to ${project}`,
    paragraphs: [
      `${inviter} invites you to ${project}, as ${roleText(role)} of ${organization}.`,
      'Sign up with the link. Your account is approved at once.',
    ],
    link: { label: 'Sign up', url },
    notes: [`The link is valid until ${dayOf('en', until)}, and only for this e-mail address.`],
  }),
  request_waiting: ({ project, url, name, organization, count }) => ({
    subject: `${project}: a request is waiting`,
    paragraphs: [
      organization === '' ? `${name} asks for approval.` : `${name} of ${organization} asks for approval.`,
      count === 1 ? 'It is the only request that waits.' : `${count} requests are waiting.`,
    ],
    link: { label: 'Open the inbox', url },
  }),
  decision: ({ project, url, decided, hasKits }) => ({
    subject: decided.every(({ decision }) => decision === 'approved')
      ? `${project}: approved`
      : decided.every(({ decision }) => decision === 'denied')
        ? `${project}: denied`
        : `${project}: decisions on your requests`,
    paragraphs: [
      ...decided.map(({ kind, name, decision }) =>
        kind === 'user' ? `Your account ${name} is ${decision}.` : `Your site ${name} is ${decision}.`,
      ),
      ...(hasKits ? ['Your startup kit is ready to be downloaded.'] : []),
    ],
    quotes: decided.map(({ reason }) => reason).filter((reason) => reason !== ''),
    link: { label: hasKits ? 'Download the kit' : 'Open the dashboard', url },
  }),
  request_question: ({ project, url, text }) => ({
    subject: `${project}: a question about your request`,
    paragraphs: ['A project admin asks before deciding on your request:'],
    quotes: [text],
    link: { label: 'Log in and reply', url },
  }),
  request_message: ({ project, url, name, text, again }) => ({
    subject: again ? `${project}: ${name} asks again` : `${project}: ${name} replied`,
    paragraphs: [again ? `${name}, who was denied, asks again:` : `${name} replied to your question:`],
    quotes: [text],
    link: { label: 'Open the request', url },
  }),
  kit_ready: ({ project, url }) => ({
    subject: `${project}: your startup kit is ready`,
    paragraphs: ['The project is frozen. Your startup kit can be downloaded now.'],
    link: { label: 'Download the kit', url },
  }),
  certificate_expires: ({ project, url, name, on }) => ({
    subject: `${project}: the certificate of ${name} expires`,
    paragraphs: [
      `The certificate of ${name} expires on ${dayOf('en', on)}. It stops connecting then.`,
      'Download a new startup kit, which has a new certificate, and replace the old one.',
    ],
    link: { label: 'Open the downloads', url },
  }),
  sealed: ({ project, url, since }) => ({
    subject: `${project}: the root CA waits for its passphrase`,
    paragraphs: [
      `The dashboard was started on ${momentOf('en', since)} without the passphrase of the root CA.`,
      'Sites keep working. Startup kits, revocation lists and approvals of certificates wait until somebody enters the passphrase.',
    ],
    link: { label: 'Enter the passphrase', url },
    notes: ['On its host: dashboard unseal. A passphrase file opens it at every start.'],
  }),
  password_reset: ({ project, url, minutes }) => ({
    subject: `${project}: choose a new password`,
    paragraphs: ['Somebody, probably you, has asked for a new password for your account.'],
    link: { label: 'Choose a new password', url },
    notes: [
      `The link works once, within ${minutes} minutes. All open sessions of the account end with it.`,
      'If it was not you, do nothing: your password stays as it is.',
    ],
  }),
  email_confirmation: ({ project, url, days }) => ({
    subject: `${project}: confirm your e-mail address`,
    paragraphs: ['This address was given at a sign-up. Confirm that it is yours.'],
    link: { label: 'Confirm the address', url },
    notes: [`The link works for ${days} days. If it was not you, do nothing.`],
  }),
  new_login: ({ project, url, at, address, agent }) => ({
    subject: `${project}: new log-in to your account`,
    paragraphs: [
      'Somebody has logged in to your account in a browser that was not used for it before.',
      `Time: ${momentOf('en', at)}\nAddress: ${address}\nBrowser: ${agent === '' ? 'unknown' : agent}`,
      'If it was not you, change your password at once: that ends all other sessions.',
    ],
    link: { label: 'Open your account', url },
  }),
  test: ({ project, url }) => ({
    subject: `${project}: test e-mail`,
    paragraphs: ['The dashboard can send e-mails.'],
    link: { label: 'Open the dashboard', url },
  }),
  footer: ({ project, url }) => `Sent by the dashboard of ${project}: ${url}`,
};
