import { isRole, type Role } from '../../../contract/roles.ts';
import { dayOf, momentOf, type MailTexts } from '../mail-content.ts';

const ROLES: Readonly<Record<Role, string>> = {
  project_admin: 'Projekt-Admin',
  org_admin: 'Organisations-Admin',
  lead: 'Lead',
  member: 'Mitglied',
};
const roleText = (role: string): string => (isRole(role) ? ROLES[role] : role);

const DECISIONS = { approved: 'freigegeben', denied: 'abgelehnt' } as const;

export const de: MailTexts = {
  invitation: ({ project, url, inviter, organization, role, until }) => ({
    subject: `Einladung zu ${project}`,
    paragraphs: [
      `${inviter} lädt Sie zu ${project} ein, als ${roleText(role)} von ${organization}.`,
      'Registrieren Sie sich über den Link. Ihr Konto ist sofort freigegeben.',
    ],
    link: { label: 'Registrieren', url },
    notes: [`Der Link gilt bis ${dayOf('de', until)} und nur für diese E-Mail-Adresse.`],
  }),
  request_waiting: ({ project, url, name, organization, count }) => ({
    subject: `${project}: Eine Anfrage wartet`,
    paragraphs: [
      organization === '' ? `${name} bittet um Freigabe.` : `${name} von ${organization} bittet um Freigabe.`,
      count === 1 ? 'Es wartet nur diese eine Anfrage.' : `Es warten ${count} Anfragen.`,
    ],
    link: { label: 'Posteingang öffnen', url },
  }),
  decision: ({ project, url, decided, hasKits }) => ({
    subject: decided.every(({ decision }) => decision === 'approved')
      ? `${project}: freigegeben`
      : decided.every(({ decision }) => decision === 'denied')
        ? `${project}: abgelehnt`
        : `${project}: Entscheidungen zu Ihren Anfragen`,
    paragraphs: [
      ...decided.map(({ kind, name, decision }) =>
        kind === 'user'
          ? `Ihr Konto ${name} wurde ${DECISIONS[decision]}.`
          : `Ihr Standort ${name} wurde ${DECISIONS[decision]}.`,
      ),
      ...(hasKits ? ['Ihr Startup-Kit steht zum Herunterladen bereit.'] : []),
    ],
    quotes: decided.map(({ reason }) => reason).filter((reason) => reason !== ''),
    link: { label: hasKits ? 'Kit herunterladen' : 'Dashboard öffnen', url },
  }),
  request_question: ({ project, url, text }) => ({
    subject: `${project}: Rückfrage zu Ihrer Anfrage`,
    paragraphs: ['Vor der Entscheidung über Ihre Anfrage hat ein Projekt-Admin eine Frage:'],
    quotes: [text],
    link: { label: 'Anmelden und antworten', url },
  }),
  request_message: ({ project, url, name, text, again }) => ({
    subject: again ? `${project}: ${name} fragt erneut an` : `${project}: ${name} hat geantwortet`,
    paragraphs: [
      again ? `${name} wurde abgelehnt und fragt erneut an:` : `${name} hat auf Ihre Frage geantwortet:`,
    ],
    quotes: [text],
    link: { label: 'Anfrage öffnen', url },
  }),
  kit_ready: ({ project, url }) => ({
    subject: `${project}: Ihr Startup-Kit ist bereit`,
    paragraphs: ['Das Projekt ist eingefroren. Ihr Startup-Kit kann jetzt heruntergeladen werden.'],
    link: { label: 'Kit herunterladen', url },
  }),
  certificate_expires: ({ project, url, name, on }) => ({
    subject: `${project}: Das Zertifikat von ${name} läuft ab`,
    paragraphs: [
      `Das Zertifikat von ${name} läuft am ${dayOf('de', on)} ab. Danach ist keine Verbindung mehr möglich.`,
      'Laden Sie ein neues Startup-Kit herunter, das ein neues Zertifikat enthält, und ersetzen Sie das alte.',
    ],
    link: { label: 'Zu den Downloads', url },
  }),
  sealed: ({ project, url, since }) => ({
    subject: `${project}: Die Root-CA wartet auf ihre Passphrase`,
    paragraphs: [
      `Das Dashboard wurde am ${momentOf('de', since)} ohne die Passphrase der Root-CA gestartet.`,
      'Die Standorte arbeiten weiter. Startup-Kits, Sperrlisten und Genehmigungen von Zertifikaten warten, bis jemand die Passphrase eingibt.',
    ],
    link: { label: 'Passphrase eingeben', url },
    notes: ['Auf dem Rechner selbst: dashboard unseal. Mit einer Passphrasen-Datei öffnet jeder Start sie.'],
  }),
  password_reset: ({ project, url, minutes }) => ({
    subject: `${project}: Neues Passwort wählen`,
    paragraphs: ['Jemand, vermutlich Sie, hat ein neues Passwort für Ihr Konto angefordert.'],
    link: { label: 'Neues Passwort wählen', url },
    notes: [
      `Der Link funktioniert einmal, innerhalb von ${minutes} Minuten. Danach sind alle offenen Sitzungen des Kontos beendet.`,
      'Wenn Sie es nicht waren, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.',
    ],
  }),
  email_confirmation: ({ project, url, days }) => ({
    subject: `${project}: E-Mail-Adresse bestätigen`,
    paragraphs: [
      'Diese Adresse wurde bei einer Registrierung angegeben. Bitte bestätigen Sie, dass sie Ihnen gehört.',
    ],
    link: { label: 'Adresse bestätigen', url },
    notes: [`Der Link gilt ${days} Tage. Wenn Sie es nicht waren, brauchen Sie nichts zu tun.`],
  }),
  new_login: ({ project, url, at, address, agent }) => ({
    subject: `${project}: Neue Anmeldung an Ihrem Konto`,
    paragraphs: [
      'Jemand hat sich an Ihrem Konto in einem Browser angemeldet, der dafür bisher nicht benutzt wurde.',
      `Zeit: ${momentOf('de', at)}\nAdresse: ${address}\nBrowser: ${agent === '' ? 'unbekannt' : agent}`,
      'Wenn Sie es nicht waren, ändern Sie sofort Ihr Passwort: Das beendet alle anderen Sitzungen.',
    ],
    link: { label: 'Konto öffnen', url },
  }),
  test: ({ project, url }) => ({
    subject: `${project}: Test-E-Mail`,
    paragraphs: ['Das Dashboard kann E-Mails versenden.'],
    link: { label: 'Dashboard öffnen', url },
  }),
  footer: ({ project, url }) => `Gesendet vom Dashboard von ${project}: ${url}`,
};
