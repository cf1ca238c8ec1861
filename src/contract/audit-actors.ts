/** Actor of whoever is not logged in. */
export const ANONYMOUS = 'anonymous';
/** Actor of what the host's command or the backend itself did. */
export const HOST = 'host';
