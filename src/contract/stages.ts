/** Stages of an organization; the furthest that it has reached counts. */
export const STAGES = ['created', 'invited', 'signed_up', 'approved', 'ready'] as const;
export type Stage = (typeof STAGES)[number];
