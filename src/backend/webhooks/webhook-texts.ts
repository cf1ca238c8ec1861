import type { MailLanguage } from '../../contract/languages.ts';
import type { WebhookEvent } from './webhook-event.ts';

type TextsOf = {
  readonly [N in WebhookEvent['type']]: (data: Extract<WebhookEvent, { readonly type: N }>['data']) => string;
};

const day = (language: MailLanguage, text: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(text));

const en: TextsOf = {
  'invitation.created': ({ email, organization, role, invited_by }) =>
    email === ''
      ? `${invited_by} created a sign-up link for ${organization} (${role}).`
      : `${invited_by} invited ${email} (${role}, ${organization}).`,
  'request.waiting': ({ kind, name, organization }) =>
    `The ${kind === 'user' ? 'account' : 'site'} ${name}${organization === '' ? '' : ` of ${organization}`} waits for a decision.`,
  'request.decided': ({ kind, name, decision, reason }) =>
    `The ${kind === 'user' ? 'account' : 'site'} ${name} was ${decision}${reason === '' ? '.' : `: ${reason}`}`,
  'kits.ready': () => 'The project is frozen. Startup kits can be downloaded.',
  'certificate.expiring': ({ name, expires_at }) =>
    `The certificate of ${name} expires on ${day('en', expires_at)}.`,
  'certificate.revoked': ({ name, serial, reason }) =>
    `The certificate of ${name} was revoked (${reason}, serial number ${serial}).`,
  'backup.failed': ({ reason }) => `The scheduled backup failed: ${reason}`,
  'webhook.test': () => 'This is a test. Messages of the dashboard arrive here.',
};

const de: TextsOf = {
  'invitation.created': ({ email, organization, role, invited_by }) =>
    email === ''
      ? `${invited_by} hat einen Registrierungslink für ${organization} erzeugt (${role}).`
      : `${invited_by} hat ${email} eingeladen (${role}, ${organization}).`,
  'request.waiting': ({ kind, name, organization }) =>
    `${kind === 'user' ? 'Das Konto' : 'Der Standort'} ${name}${organization === '' ? '' : ` (${organization})`} wartet auf eine Entscheidung.`,
  'request.decided': ({ kind, name, decision, reason }) =>
    `${kind === 'user' ? 'Das Konto' : 'Der Standort'} ${name} wurde ${
      decision === 'approved' ? 'freigegeben' : 'abgelehnt'
    }${reason === '' ? '.' : `: ${reason}`}`,
  'kits.ready': () => 'Das Projekt ist eingefroren. Startup-Kits können heruntergeladen werden.',
  'certificate.expiring': ({ name, expires_at }) =>
    `Das Zertifikat von ${name} läuft am ${day('de', expires_at)} ab.`,
  'certificate.revoked': ({ name, serial, reason }) =>
    `Das Zertifikat von ${name} wurde widerrufen (${reason}, Seriennummer ${serial}).`,
  'backup.failed': ({ reason }) => `Die geplante Sicherung ist fehlgeschlagen: ${reason}`,
  'webhook.test': () => 'Dies ist ein Test. Nachrichten des Dashboards kommen hier an.',
};

const TEXTS: Readonly<Record<MailLanguage, TextsOf>> = { en, de };

/** One sentence about an event, as plain text. */
export const eventText = (event: WebhookEvent, language: MailLanguage): string => {
  const texts = TEXTS[language];
  switch (event.type) {
    case 'invitation.created':
      return texts[event.type](event.data);
    case 'request.waiting':
      return texts[event.type](event.data);
    case 'request.decided':
      return texts[event.type](event.data);
    case 'kits.ready':
    case 'webhook.test':
      return texts[event.type](event.data);
    case 'certificate.expiring':
      return texts[event.type](event.data);
    case 'certificate.revoked':
      return texts[event.type](event.data);
    case 'backup.failed':
      return texts[event.type](event.data);
  }
};
