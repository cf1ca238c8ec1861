import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { LeafRequest } from '../../../contract/certificate.ts';
import { utf8Text } from '../../../contract/utf8-text.ts';
import type { CertificateRequest } from '../../../pki/certificate-request.ts';
import { toDer } from '../../../pki/der.ts';
import { generalNames } from '../../../pki/extensions.ts';
import type { ReadRequest } from './read-request.ts';
import { refusedRequest } from './refused-request.ts';

/** Who the certificate is for, in the words of `nvflare cert request`. */
interface Expected {
  readonly project: string;
  readonly name: string;
  readonly org: string;
  readonly kind: 'site' | 'server' | 'user';
  readonly type: 'client' | 'server' | 'admin';
  readonly certType: string;
  readonly role: string;
}

const KINDS = {
  client: { kind: 'site', type: 'client' },
  server: { kind: 'server', type: 'server' },
  admin: { kind: 'user', type: 'admin' },
} as const;

/** A leaf that somebody may request a certificate for. */
export interface RequestableLeaf extends LeafRequest {
  readonly kind: keyof typeof KINDS;
}

const expectedOf = (project: string, leaf: RequestableLeaf): Expected => ({
  project,
  name: leaf.commonName,
  org: leaf.organization ?? '',
  ...KINDS[leaf.kind],
  certType: leaf.role ?? leaf.kind,
  role: leaf.role ?? '',
});

type Compared = readonly (readonly [what: string, requested: string | undefined, actual: string])[];

const requireEqual = (compared: Compared): void => {
  const wrong = compared.find(([, requested, actual]) => requested !== actual);
  if (wrong !== undefined) {
    const [what, requested, actual] = wrong;
    const instead = `${JSON.stringify(requested ?? '')} instead of ${JSON.stringify(actual)}`;
    throw refusedRequest(`${what} is ${instead}`);
  }
};

/** Compares nothing that a bare request leaves out: the certificate says what was approved here. */
const requireSubject = (csr: CertificateRequest, expected: Expected, isWhole: boolean): void => {
  const { organization, unstructuredName } = csr;
  requireEqual([
    ['the CN in the request', csr.commonName, expected.name],
    ...(isWhole || organization !== undefined
      ? [['the O in the request', organization, expected.org] as const]
      : []),
    ...(isWhole || unstructuredName !== undefined
      ? [['the unstructuredName in the request', unstructuredName, expected.certType] as const]
      : []),
  ]);
};

const requireNames = ({ alternativeNames }: CertificateRequest, leaf: RequestableLeaf): void => {
  if (alternativeNames?.equals(toDer(generalNames(leaf.subjectAltNames))) === false) {
    throw refusedRequest(
      'the alternative names in the request are others than those that were approved here',
    );
  }
};

const Participant = z.object({
  name: z.string(),
  type: z.string(),
  org: z.string(),
  role: z.string().optional(),
  host_names: z.array(z.string()).optional(),
});
const SiteYaml = z.object({ name: z.string(), participants: z.array(Participant).length(1) });

const siteIn = (bytes: Buffer): z.infer<typeof SiteYaml> => {
  const text = utf8Text(bytes);
  const document = text === undefined ? undefined : parseDocument(text, { logLevel: 'silent' });
  if (document === undefined || document.errors.length > 0) {
    throw refusedRequest('site.yaml is not YAML');
  }
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 10 });
  } catch (error) {
    throw refusedRequest('site.yaml repeats itself too often', error);
  }
  const site = SiteYaml.safeParse(content);
  if (!site.success) {
    throw refusedRequest('site.yaml does not describe one participant');
  }
  return site.data;
};

const requireSite = (bytes: Buffer, expected: Expected, leaf: RequestableLeaf): void => {
  const { name, participants } = siteIn(bytes);
  const [participant] = participants;
  requireEqual([
    ['the project in site.yaml', name, expected.project],
    ['the name in site.yaml', participant?.name, expected.name],
    ['the type in site.yaml', participant?.type, expected.type],
    ['the organization in site.yaml', participant?.org, expected.org],
    ['the role in site.yaml', participant?.role ?? '', expected.role],
  ]);
  const approved = new Set(leaf.subjectAltNames.map(({ value }) => value));
  const other = participant?.host_names?.find((host) => !approved.has(host));
  if (other !== undefined) {
    throw refusedRequest(
      `site.yaml names the host ${JSON.stringify(other)}, which is not in the project's properties`,
    );
  }
};

/**
 * Compares everything that a request says with what its certificate is going to say.
 *
 * @param project short name, which is the root CA's
 * @throws ApiError `invalid` naming the first difference
 */
export const compareRequest = (
  { csr, envelope }: Pick<ReadRequest, 'csr' | 'envelope'>,
  project: string,
  leaf: RequestableLeaf,
): void => {
  const expected = expectedOf(project, leaf);
  requireSubject(csr, expected, envelope !== undefined);
  requireNames(csr, leaf);
  if (envelope === undefined) {
    return;
  }
  const { claims, siteYaml } = envelope;
  requireEqual([
    ['the project in request.json', claims.project, expected.project],
    ['the name in request.json', claims.name, expected.name],
    ['the organization in request.json', claims.org, expected.org],
    ['the kind in request.json', claims.kind, expected.kind],
    ['the cert_type in request.json', claims.cert_type, expected.certType],
    ['the cert_role in request.json', claims.cert_role ?? '', expected.role],
  ]);
  requireSite(siteYaml, expected, leaf);
};
