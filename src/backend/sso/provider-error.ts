import { z } from 'zod';

/** What kept the provider from responding as it should. */
export interface ProviderError {
  readonly kind: 'certificate' | 'unreachable' | 'other issuer' | 'refused';
  /** Error code of OAuth 2.0; empty where the provider gave none. */
  readonly code: string;
  readonly status: number | undefined;
  /** For people. */
  readonly detail: string;
}

const MAX_DETAIL = 200;

const Link = z.object({
  name: z.string().catch(''),
  message: z.string().catch(''),
  code: z.string().catch(''),
  status: z.number().optional().catch(undefined),
  error: z.string().catch(''),
  error_description: z.string().catch(''),
  cause: z.unknown().optional(),
});
type Link = z.infer<typeof Link>;

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME/;
const NETWORK = /^(E[A-Z_]+|UND_ERR_\w+|OAUTH_TIMEOUT)$/;
const OTHER_ISSUER = 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED';
const Issuer = z.object({ body: z.object({ issuer: z.string() }) });

/** The error and what caused it, outermost first. */
const chainOf = (error: unknown): readonly Link[] => {
  const parsed = Link.safeParse(error);
  return parsed.success ? [parsed.data, ...chainOf(parsed.data.cause)] : [];
};

const kindOf = (chain: readonly Link[]): ProviderError['kind'] => {
  if (chain.some(({ code }) => CERTIFICATE.test(code))) {
    return 'certificate';
  }
  if (chain.some(({ code, name }) => NETWORK.test(code) || name === 'TimeoutError')) {
    return 'unreachable';
  }
  return chain.some(({ code }) => code === OTHER_ISSUER) ? 'other issuer' : 'refused';
};

const cleaned = (text: string): string =>
  text
    .replace(/\p{C}+/gu, ' ')
    .replace(/\.$/, '')
    .trim()
    .slice(0, MAX_DETAIL);

/** Reads an error of openid-client, or of the way to the provider. */
export const providerError = (error: unknown): ProviderError => {
  const chain = chainOf(error);
  const kind = kindOf(chain);
  const code = chain.find(({ error: given }) => given !== '')?.error ?? '';
  const description = chain.find(({ error_description: given }) => given !== '')?.error_description ?? '';
  const issuer = chain
    .map(({ cause }) => Issuer.safeParse(cause).data?.body.issuer)
    .find((name) => name !== undefined);
  const innermost = chain.at(-1);
  const said =
    code === ''
      ? innermost?.message || innermost?.code || ''
      : [code, description].filter(Boolean).join(', ');
  return {
    kind,
    code,
    status: chain.find(({ status }) => status !== undefined)?.status,
    detail: cleaned(kind === 'other issuer' ? (issuer ?? said) : said),
  };
};
