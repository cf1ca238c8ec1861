/** See helm.js. */
export function prepareHelm():
  { readonly helm: string; readonly reason?: undefined } | { readonly reason: string };
