/** Why a message was not delivered. */
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
export type DeliveryErrorCode = (typeof DELIVERY_ERRORS)[number];

/** What became of an attempt; `waiting`: it may work later. */
export interface DeliveryOutcome {
  readonly state: 'sent' | 'waiting' | 'failed';
  readonly error: DeliveryErrorCode | '';
  /** What the other side said. */
  readonly detail: string;
}
