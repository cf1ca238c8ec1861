const OFFERED = ['br', 'gzip'] as const;
export type Encoding = (typeof OFFERED)[number];

const REFUSED = /;\s*q=0(?:\.0*)?$/i;

/** Of the encodings we offer the best that `Accept-Encoding` (RFC 9110, 12.5.3) names and does not refuse. */
export const acceptedEncoding = (header: string | undefined): Encoding | undefined => {
  const named = (header ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !REFUSED.test(part))
    .map((part) => part.split(';')[0]?.trim());
  return OFFERED.find((encoding) => named.includes(encoding));
};
