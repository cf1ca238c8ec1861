const EVENTS = [
  'invitation',
  'request_waiting',
  'decision',
  'request_question',
  'request_message',
  'kit_ready',
  'certificate_expires',
  'sealed',
  'password_reset',
  'email_confirmation',
  'new_login',
] as const;

/** Returns what a message is about, as the page has words for it. */
export const messageEvent = (event: string): (typeof EVENTS)[number] | 'other' =>
  EVENTS.find((one) => one === event) ?? 'other';
