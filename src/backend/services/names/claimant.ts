/** Who wants to have a name in a certificate. */
export interface Claimant {
  readonly kind: 'client' | 'user' | 'server';
  /** Undefined before the row exists. */
  readonly id: number | undefined;
  /** See {@link holderOf}; empty before the row exists. */
  readonly holder: string;
  readonly organization: string;
}

export const SERVER_CLAIMANT: Claimant = {
  kind: 'server',
  id: undefined,
  holder: 'server',
  organization: '',
};

/** Returns who a row is in the ledger's eyes: an ID that the database gives again is told apart by the time. */
export const holderOf = (
  kind: 'client' | 'user',
  row: { readonly id: number; readonly created_at: string },
): string => `${kind}:${row.id}@${row.created_at}`;

/** Returns a site or user as a claimant of its names. */
export const claimantOf = (
  kind: 'client' | 'user',
  row: { readonly id: number; readonly created_at: string; readonly organization: string },
): Claimant => ({ kind, id: row.id, holder: holderOf(kind, row), organization: row.organization });
