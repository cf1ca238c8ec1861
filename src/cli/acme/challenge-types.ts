/** Ways in which a CA checks the control over a name: RFC 8555 section 8.3, RFC 8737. */
export const CHALLENGES = ['http-01', 'tls-alpn-01'] as const;
export type ChallengeType = (typeof CHALLENGES)[number];

/** Where the CA looks for the response, whatever port it is forwarded to. */
export const CHALLENGE_PORTS: Readonly<Record<ChallengeType, number>> = { 'http-01': 80, 'tls-alpn-01': 443 };
