/** See est-client.js. */
export function prepareEstClient():
  { readonly client: string; readonly reason?: undefined } | { readonly reason: string };
