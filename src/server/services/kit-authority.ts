import type { IssuedLeaf, LeafRequest } from '../../domain/certificate.ts';
import type { KitAuthority } from '../../domain/kit.ts';
import { issueLeaf } from '../../pki/issue-leaf.ts';
import { signContent } from '../../pki/sign-content.ts';
import { change, type ServiceContext } from '../context.ts';
import type { Asker } from '../principal.ts';
import { insertCertificate } from '../store/certificates.ts';
import type { Trx } from '../store/database.ts';
import type { ProjectRow } from '../store/schema.ts';
import { toTimestamp } from '../store/timestamp.ts';
import { keyBitsOf } from './project-view.ts';

/** On whose behalf certificates are issued, and until when it still makes sense. */
export interface IssueOrder {
  readonly context: ServiceContext;
  readonly asker: Asker;
  readonly project: ProjectRow;
  /** Looks again, in the ledger's transaction, whether the participant may still have a certificate. */
  readonly stillEntitled: (trx: Trx) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * The root CA as kits see it: key pairs from the pool, and no certificate that is not in the ledger.
 *
 * @throws ApiError `project_not_frozen`, `sealed`
 */
export const kitAuthority = ({
  context,
  asker,
  project,
  stillEntitled,
  signal,
}: IssueOrder): KitAuthority => {
  const root = context.authority.root();
  const enter = (leaf: IssuedLeaf): Promise<void> =>
    change(context, asker, async (trx, audit) => {
      await stillEntitled(trx);
      await insertCertificate(trx, {
        kind: leaf.kind,
        common_name: leaf.commonName,
        serial: leaf.serial,
        sha256: leaf.sha256,
        not_before: toTimestamp(leaf.notBefore),
        not_after: toTimestamp(leaf.notAfter),
        requested_by: asker.principal?.email ?? '',
        created_at: toTimestamp(context.now()),
      });
      await audit('certificate.issue', `${leaf.kind}:${leaf.commonName}`, {
        serial: leaf.serial,
        sha256: leaf.sha256,
        not_after: leaf.notAfter.toISOString(),
      });
    });
  const issue = async (request: LeafRequest): Promise<IssuedLeaf> => {
    const keyPair = await context.workshop.keys.take(keyBitsOf(project.key_bits), signal);
    const leaf = await issueLeaf({
      root,
      request,
      keyPair,
      validDays: project.leaf_valid_days,
      now: context.now(),
    });
    await enter(leaf);
    return leaf;
  };
  return {
    rootCertificatePem: root.certificatePem,
    issue,
    sign: (content) => signContent(root.privateKey, content),
  };
};
