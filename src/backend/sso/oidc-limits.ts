/** Seconds after which the provider counts as unreachable. */
export const TIMEOUT_SECONDS = 5;

/** Seconds by which the clocks of provider and dashboard may differ. */
export const CLOCK_SECONDS = 60;
