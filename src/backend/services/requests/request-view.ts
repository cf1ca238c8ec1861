import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { REQUEST_STATES, type RequestHolder, type RequestView } from '../../../contract/api/requests.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { RequestRow } from '../../store/schema.ts';
import { toHttpDate } from '../../store/timestamp.ts';
import { versionOf, type Seen } from '../approvals/seen-version.ts';

/** Content of the future certificate, as it is stored with the request. */
const StoredLeaf = z.object({
  commonName: z.string(),
  organization: z.string().optional(),
  role: z.string().optional(),
  subjectAltNames: z.array(z.object({ value: z.string() })),
});

/** @throws ZodError where the row is damaged */
export const leafIn = (row: RequestRow): z.infer<typeof StoredLeaf> => StoredLeaf.parse(JSON.parse(row.leaf));

export const holderIn = (row: RequestRow): RequestHolder => ({
  kind: row.holder_kind === 'server' || row.holder_kind === 'user' ? row.holder_kind : 'client',
  id: row.holder_id,
});

const stateOf = (row: RequestRow): RequestView['state'] =>
  REQUEST_STATES.find((state) => state === row.state) ?? 'rejected';

/** Returns everything a decision on the request rests on. */
export const seenRequest = (row: RequestRow): Seen => ({
  subject: `request:${row.id}@${row.created_at}`,
  values: { leaf: row.leaf, public_key_sha256: row.public_key_sha256, state: row.state },
});

/** @param pem of the root CA; upper-case pairs with colons */
export const fingerprintOf = (pem: string): string => new X509Certificate(pem).fingerprint256;

const approvalIn = (
  context: ServiceContext,
  row: RequestRow,
  name: string,
): Pick<RequestView, 'serial' | 'not_after' | 'package_command'> => {
  const root = context.rootCa.stored();
  if (row.serial === '' || root === undefined) {
    return {};
  }
  const command = `nvflare package ${name}.signed.zip --fingerprint SHA256:${fingerprintOf(root.certificatePem)}`;
  return {
    serial: row.serial,
    not_after: toHttpDate(row.not_after),
    ...(row.signed_zip === '' ? {} : { package_command: command }),
  };
};

/** @param renews serial number of the holder's certificate with the same key */
export const requestView = (
  context: ServiceContext,
  row: RequestRow,
  renews: string | undefined,
): RequestView => {
  const leaf = leafIn(row);
  return {
    id: row.id,
    request_id: row.request_id,
    form: row.form === 'nvflare' ? 'nvflare' : 'pkcs10',
    holder: holderIn(row),
    name: leaf.commonName,
    organization: leaf.organization ?? '',
    role: leaf.role ?? '',
    alternative_names: leaf.subjectAltNames.map(({ value }) => value),
    key_type: 'RSA',
    key_bits: row.key_bits,
    public_key_sha256: row.public_key_sha256,
    ...(renews === undefined ? {} : { renews }),
    state: stateOf(row),
    requested_by: row.requested_by,
    created_at: toHttpDate(row.created_at),
    decided_by: row.decided_by,
    ...(row.decided_at === '' ? {} : { decided_at: toHttpDate(row.decided_at) }),
    reason: row.reason,
    ...approvalIn(context, row, leaf.commonName),
    version: versionOf(seenRequest(row)),
  };
};
