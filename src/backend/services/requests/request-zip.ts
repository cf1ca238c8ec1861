import type { IssuedCertificate } from '../../../contract/certificate.ts';
import type { KitProject } from '../../../contract/kit.ts';
import { signedZip } from '../../../kits/signed-zip.ts';
import { signContent } from '../../../pki/sign-content.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { ProjectRow, RequestRow } from '../../store/schema.ts';
import type { RequestableLeaf } from './compare-request.ts';
import { fingerprintOf } from './request-view.ts';

/** Inputs of a zip like that of `nvflare cert request`. */
export interface RequestZip {
  readonly row: RequestRow;
  readonly project: ProjectRow;
  readonly kit: KitProject;
  readonly leaf: RequestableLeaf;
  readonly certificate: Pick<IssuedCertificate, 'certificatePem' | 'serial' | 'notAfter' | 'publicKeySha256'>;
}

const KINDS = { client: 'site', server: 'server', admin: 'user' } as const;

/** Signs `NAME.signed.zip`, with the project as it is now. @throws ApiError `sealed`; KitError */
export const requestZip = (
  context: ServiceContext,
  { row, project, kit, leaf, certificate }: RequestZip,
): Promise<Buffer> => {
  const root = context.rootCa.root();
  const { kind, commonName: name, organization: org = '', role } = leaf;
  return signedZip({
    project: kit,
    claims: {
      request_id: row.request_id,
      project: project.short_name,
      name,
      org,
      kind: KINDS[kind],
      cert_type: role ?? kind,
      cert_role: role ?? null,
      csr_sha256: row.csr_sha256,
    },
    participant: { name, type: kind, org, role },
    certificate,
    ca: {
      rootCertificatePem: root.certificatePem,
      sign: (content) => signContent(root.privateKey, content),
    },
    rootFingerprint: fingerprintOf(root.certificatePem),
    now: context.now(),
  });
};
