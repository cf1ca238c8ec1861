/** Seconds after which an unused session ends. */
export const IDLE_SECONDS = 30 * 60;
/** A session's end is moved at most once in this time, so that requests that only read write next to nothing. */
export const RENEWAL_SECONDS = 60;
