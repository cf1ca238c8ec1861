/** Actions of the audit that the page has a sentence for. */
export const EVENTS = [
  'session.open',
  'session.close',
  'user.create',
  'user.change',
  'user.approve',
  'user.deny',
  'user.reopen',
  'user.delete',
  'user.reset_password',
  'client.create',
  'client.change',
  'client.approve',
  'client.deny',
  'client.reset',
  'client.hand_over',
  'client.delete',
  'certificate.issue',
  'kit.download',
  'name.release',
  'project.change',
  'project.freeze',
  'authority.unseal',
  'authority.passphrase',
] as const;
export type Event = (typeof EVENTS)[number];

export const isEvent = (action: string): action is Event => EVENTS.some((event) => event === action);
