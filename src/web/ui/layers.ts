/**
 * Layers from the lowest to the highest: notes of the page, dialogs, the question for the password, messages in the
 * corner, the connection, the log-in.
 */
export const LAYERS = {
  note: 90,
  dialog: 200,
  confirmation: 250,
  toast: 300,
  connection: 400,
  logIn: 500,
} as const;
