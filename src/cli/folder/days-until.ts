const DAY_MS = 86_400_000;

/** Returns whole days from now until a time, negative once it has passed. @param at ISO 8601 */
export const daysUntil = (at: string, now: Date): number =>
  Math.floor((Date.parse(at) - now.getTime()) / DAY_MS);
