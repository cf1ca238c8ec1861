/** Why an e-mail was not delivered. */
export const DELIVERY_ERRORS = [
  'unreachable',
  'certificate',
  'no_tls',
  'authentication',
  'deferred',
  'refused',
  'address_invalid',
  'expired',
  'internal',
] as const;

/** Why a webhook's endpoint did not get a message. */
export const WEBHOOK_ERRORS = [
  'unreachable',
  'certificate',
  'too_slow',
  'address_forbidden',
  'redirected',
  'deferred',
  'refused',
  'gone',
  'secret_lost',
  'expired',
  'internal',
] as const;
export type DeliveryErrorCode = (typeof DELIVERY_ERRORS)[number] | (typeof WEBHOOK_ERRORS)[number];

/** Describes what became of an attempt; `waiting`: it may work later. */
export interface DeliveryOutcome<C extends DeliveryErrorCode = DeliveryErrorCode> {
  readonly state: 'sent' | 'waiting' | 'failed';
  readonly error: C | '';
  /** Response of the other side. */
  readonly detail: string;
}
export type MailOutcome = DeliveryOutcome<(typeof DELIVERY_ERRORS)[number]>;
export type WebhookOutcome = DeliveryOutcome<(typeof WEBHOOK_ERRORS)[number]>;
