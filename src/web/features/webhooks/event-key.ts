const KEYS = {
  'invitation.created': 'invitation',
  'request.waiting': 'waiting',
  'request.decided': 'decided',
  'kits.ready': 'kits',
  'certificate.expiring': 'expiring',
  'certificate.revoked': 'revoked',
  'backup.failed': 'backup',
  'webhook.test': 'test',
} as const;
type Known = keyof typeof KEYS;

const isKnown = (event: string): event is Known => Object.hasOwn(KEYS, event);

/** Returns what an event is called in the page's texts, whose keys hold no dots. */
export const eventKey = (event: string): (typeof KEYS)[Known] | 'other' =>
  isKnown(event) ? KEYS[event] : 'other';
