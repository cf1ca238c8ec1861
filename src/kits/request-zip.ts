import { z } from 'zod';
import { readSmallZip, ZipError } from './read-zip.ts';

/** Members of a real one take 2 KB; further ones are read only to tell what is wrong with them. */
const LIMITS = { members: 16, memberBytes: 64 * 1024 };
const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const Name = z.string().min(1).max(128);

/** `request.json` of `nvflare cert request` (2.8, 2.9): claims, none of which is trusted. */
const RequestClaims = z.object({
  artifact_type: z.literal('nvflare.cert.request'),
  schema_version: z.literal('1'),
  request_id: z
    .string()
    .regex(/^(?:[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i),
  project: Name,
  name: Name,
  org: Name,
  kind: z.enum(['site', 'server', 'user']),
  cert_type: Name,
  cert_role: z.string().nullish(),
  csr_sha256: Digest,
  public_key_sha256: Digest,
  site_yaml_sha256: Digest,
});
export type RequestClaims = z.infer<typeof RequestClaims>;

/** The three files of a `NAME.request.zip`. */
export interface RequestZip {
  readonly claims: RequestClaims;
  readonly siteYaml: Buffer;
  readonly csr: Buffer;
}

const isKey = ([name, content]: readonly [string, Buffer]): boolean =>
  /\.(?:key|p12|pfx|jks)$/i.test(name) || content.includes('PRIVATE KEY');

const claimsIn = (bytes: Buffer): RequestClaims => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new ZipError('holds a request.json that is not JSON', { cause: error });
  }
  const claims = RequestClaims.safeParse(parsed);
  const issue = claims.error?.issues[0];
  if (issue !== undefined) {
    throw new ZipError(`holds a request.json whose ${issue.path.join('.') || 'content'} is wrong`);
  }
  return RequestClaims.parse(parsed);
};

/**
 * Unpacks the zip that `nvflare cert request` wrote, or that somebody else wrote.
 *
 * @throws ZipError saying what is wrong with it
 */
export const readRequestZip = async (bytes: Buffer): Promise<RequestZip> => {
  const members = await readSmallZip(bytes, LIMITS);
  if ([...members].some(isKey)) {
    throw new ZipError('holds a private key, which must never leave its machine; generate another key');
  }
  const [json, siteYaml] = [members.get('request.json'), members.get('site.yaml')];
  if (json === undefined || siteYaml === undefined) {
    throw new ZipError('holds no request.json or no site.yaml');
  }
  const claims = claimsIn(json);
  const csr = members.get(`${claims.name}.csr`);
  if (csr === undefined) {
    throw new ZipError(`holds no ${JSON.stringify(`${claims.name}.csr`)}`);
  }
  const extra = [...members.keys()].find(
    (name) => !['request.json', 'site.yaml', `${claims.name}.csr`].includes(name),
  );
  if (extra !== undefined) {
    throw new ZipError(`holds a member that does not belong there: ${JSON.stringify(extra)}`);
  }
  return { claims, siteYaml, csr };
};
