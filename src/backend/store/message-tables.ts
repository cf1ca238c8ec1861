/** Messages to people and programs, those that wait and those that are settled. */
export interface OutboxTable {
  readonly id: string;
  /** `mail`, or the id of a webhook. */
  readonly channel: string;
  readonly event: string;
  /** E-mail address; for a webhook its name. */
  readonly recipient: string;
  /** JSON text; never a secret. */
  readonly payload: string;
  /** At most one row has the same text here. */
  readonly once: string | null;
  /** `waiting`, `sent` or `failed`. */
  readonly state: string;
  readonly attempts: number;
  /** Stored time before which nobody may try it. */
  readonly next_at: string;
  readonly created_at: string;
  /** Stored time from which it is worth nothing. */
  readonly expires_at: string;
  /** When it was sent or given up; empty while it waits. */
  readonly settled_at: string;
  /** Of the last attempt; empty without an error. */
  readonly error: string;
  readonly error_detail: string;
}

/** Endpoints of others that are told of events. */
export interface WebhookTable {
  readonly id: string;
  readonly name: string;
  /** See auth/stored-secret.ts: the path of such addresses is often a secret. */
  readonly sealed_url: string;
  readonly origin: string;
  readonly format: string;
  /** Separated by spaces. */
  readonly events: string;
  readonly language: string;
  /** `active` or `paused`. */
  readonly state: string;
  readonly sealed_secret: string;
  /** Signs as well until `earlier_until`; both empty without one. */
  readonly earlier_sealed_secret: string;
  readonly earlier_until: string;
  readonly created_at: string;
}

/** Messages between people and project admins about a request for an account. */
export interface RequestMessageTable {
  readonly id: string;
  /** Id of the user whose request the message is about. */
  readonly user_id: number;
  /** `asked_again`, `question`, `reply`, `approved` or `denied`. */
  readonly kind: string;
  /** E-mail. */
  readonly author: string;
  readonly text: string;
  readonly created_at: string;
}
