const RULES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g, '<pem>'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<token>'],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s@"']+@/gi, '$1<credential>@'],
  [/[\w.+%-]+@[\w-]+(?:\.[\w-]+)+/g, '<e-mail>'],
  [
    /(["']?(?:password|passphrase|secret|token|pin|authorization|cookie)\w*["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,}]+)/gi,
    '$1"<removed>"',
  ],
  [/\b(?!127\.0\.0\.1\b|0\.0\.0\.0\b)\d{1,3}(?:\.\d{1,3}){3}\b/g, '<address>'],
  [/\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}\b/gi, '<address>'],
];

/** Takes out of a text what identifies people or opens something: e-mail and network addresses, keys, secrets. */
export const redact = (text: string): string =>
  RULES.reduce((redacted, [pattern, substitute]) => redacted.replace(pattern, substitute), text);
