/** How far an organization is; the furthest that it has reached. */
export const STAGES = ['created', 'invited', 'signed_up', 'approved', 'ready'] as const;
export type Stage = (typeof STAGES)[number];
