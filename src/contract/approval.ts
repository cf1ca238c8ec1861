export const DENIED = -1;
export const PENDING = 0;
export const APPROVED = 100;
/** Approval state of the project's first admin. */
export const SUPER_APPROVED = 200;

export const APPROVALS = ['pending', 'approved', 'denied'] as const;
export type Approval = (typeof APPROVALS)[number];

/**
 * Returns what a stored approval number means: below 0 denied, 100 and above approved, between them pending.
 *
 * @param state the number as it stands in the database and the API
 */
export const approvalOf = (state: number): Approval =>
  state < PENDING ? 'denied' : state >= APPROVED ? 'approved' : 'pending';
