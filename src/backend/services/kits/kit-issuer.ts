import type { IssuedCertificate, IssuedLeaf, LeafRequest } from '../../../contract/certificate.ts';
import type { KitIssuer } from '../../../contract/kit.ts';
import type { KeyOrigin } from '../../../contract/revocation.ts';
import { issueLeaf } from '../../../pki/issue-leaf.ts';
import { signContent } from '../../../pki/sign-content.ts';
import type { AuditWriter, ServiceContext } from '../../context/context.ts';
import { insertCertificate } from '../../store/certificates.ts';
import type { Trx } from '../../store/database.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { insertIssuedNames } from '../../store/issued-names.ts';
import { normalizeName } from '../names/normalize-name.ts';
import type { Claimant } from '../names/claimant.ts';
import { isLoopback } from '../names/loopback.ts';
import { requireFreeNames, type NameUse } from '../names/require-free-name.ts';
import { keyBitsOf } from '../project/project-view.ts';

/** Describes what certificates are issued for, and until when it still makes sense. */
export interface IssueOrder {
  readonly context: ServiceContext;
  readonly project: ProjectRow;
  /** Number of the requester's kits under way, this one included. */
  readonly rank: number;
  readonly signal: AbortSignal;
}

/** The root CA as kits see it, and what it has issued so far. */
export interface IssuingCa {
  readonly issuer: KitIssuer;
  /** To be entered into the ledger before any of it leaves. */
  readonly issued: readonly IssuedLeaf[];
}

/**
 * The root CA with key pairs from the pool.
 *
 * @throws ApiError `project_not_frozen`, `sealed`
 */
export const kitIssuer = ({ context, project, rank, signal }: IssueOrder): IssuingCa => {
  const root = context.rootCa.root();
  const issued: IssuedLeaf[] = [];
  const issue = async (request: LeafRequest): Promise<IssuedLeaf> => {
    const keyPair = await context.spans.run('kit key pair', () =>
      context.kitResources.keys.take(keyBitsOf(project.key_bits), signal, rank),
    );
    const leaf = await issueLeaf({
      root,
      request,
      keyPair,
      validDays: project.leaf_valid_days,
      now: context.now(),
    });
    issued.push(leaf);
    return leaf;
  };
  return {
    issued,
    issuer: {
      rootCertificatePem: root.certificatePem,
      issue,
      sign: (content) => signContent(root.privateKey, content),
    },
  };
};

const useOf = ({ kind }: Pick<IssuedLeaf, 'kind'>, claimant: Claimant): NameUse => {
  if (claimant.kind === 'server') {
    return 'server';
  }
  return kind === 'listener' ? 'listener' : 'participant';
};

/** URIs say what a certificate is for; nobody is reached by them, and several may hold the same. */
const namesIn = ({ subjectAltNames }: IssuedCertificate): readonly string[] =>
  subjectAltNames.filter((name) => !name.startsWith('https://'));

/** Who requested a certificate, and whose names it carries. */
export interface LedgerEntry {
  /** E-mail, or name of an enrolment token. */
  readonly requestedBy: string;
  readonly claimant: Claimant;
  readonly keyOrigin: KeyOrigin;
  readonly now: Date;
}

/**
 * Enters a certificate into the ledger and the audit log, and reserves its names for their holder.
 *
 * @throws ApiError `conflicting` when one of its names belongs to somebody else
 */
export const enterCertificate = async (
  trx: Trx,
  audit: AuditWriter,
  leaf: IssuedCertificate,
  { requestedBy, claimant, keyOrigin, now }: LedgerEntry,
): Promise<void> => {
  const use = useOf(leaf, claimant);
  const path = use === 'listener' ? 'props.listening_host' : 'name';
  await requireFreeNames(
    trx,
    claimant,
    namesIn(leaf).map((name) => ({ name, use, path })),
  );
  await insertCertificate(trx, {
    kind: leaf.kind,
    common_name: leaf.commonName,
    serial: leaf.serial,
    sha256: leaf.sha256,
    not_before: toTimestamp(leaf.notBefore),
    not_after: toTimestamp(leaf.notAfter),
    requested_by: requestedBy,
    created_at: toTimestamp(now),
    subject_alt_names: JSON.stringify(leaf.subjectAltNames),
    holder: claimant.holder,
    holder_id: claimant.id ?? 0,
    organization: leaf.organization ?? '',
    role: leaf.role ?? '',
    key_origin: keyOrigin,
    public_key_sha256: leaf.publicKeySha256,
    root_sha256: leaf.rootSha256,
  });
  const { holder, organization } = claimant;
  const names = new Set([leaf.commonName, ...namesIn(leaf)].map(normalizeName));
  const { kind, serial } = leaf;
  await insertIssuedNames(
    trx,
    [...names]
      .filter((name) => !isLoopback(name))
      .map((name) => ({ name, holder, organization, kind, serial })),
  );
  await audit('certificate.issue', `${leaf.kind}:${leaf.commonName}`, {
    serial: leaf.serial,
    sha256: leaf.sha256,
    names: leaf.subjectAltNames,
    not_after: leaf.notAfter.toISOString(),
  });
};
