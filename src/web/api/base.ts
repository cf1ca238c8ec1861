const PREFIX = /^\/.+(?=\/$)/;

/** Path below which the page was asked for, without a slash at its end: empty, or `/nvflare-dashboard`. */
export const BASE = PREFIX.exec(document.documentElement.dataset['base'] ?? '')?.[0] ?? '';
