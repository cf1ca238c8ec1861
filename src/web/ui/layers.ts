/** What lies above what: dialogs, then messages in the corner, the state of the connection, and the log-in. */
export const LAYERS = { dialog: 200, toast: 300, connection: 400, logIn: 500 } as const;
