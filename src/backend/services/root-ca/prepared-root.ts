import { createPublicKey, randomBytes, X509Certificate, type KeyObject } from 'node:crypto';
import type { z } from 'zod';
import type { PreparedRoot, RootImport } from '../../../contract/api/own-root.ts';
import { ApiError } from '../../../contract/errors.ts';
import type { OwnRootCode } from '../../../contract/own-root.ts';
import { OwnRootError } from '../../../pki/own-root/own-root-error.ts';
import { readOwnRoot } from '../../../pki/own-root/own-root.ts';
import { readPkcs12 } from '../../../pki/own-root/pkcs12/read-pkcs12.ts';
import { readRootKey } from '../../../pki/own-root/read-key.ts';
import { rootWarnings } from '../../../pki/own-root/require-ca.ts';
import { rootRequest } from '../../../pki/own-root/root-request.ts';
import { isInHardware, isSealed } from '../../../pki/root-key.ts';
import { publicKeyOf } from '../../../pki/signing-key.ts';
import { authorize, authorizeUser } from '../../auth/authorization.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Trx } from '../../store/database.ts';
import { deletePreparedRoot, readPreparedRoot, replacePreparedRoot } from '../../store/prepared-root.ts';
import { readProject } from '../../store/project.ts';
import type { PreparedRootRow, ProjectRow } from '../../store/schema.ts';
import { toHttpDate, toTimestamp } from '../../store/timestamp.ts';
import { PROJECT_FROZEN } from '../project/planned-change.ts';
import { keyBitsOf } from '../project/project-view.ts';

const ID_BYTES = 16;

type ImportedField = 'certificate' | 'key' | 'pkcs12';

const subjectOf = (code: OwnRootCode): string =>
  code.startsWith('pkcs12_') ? 'PKCS#12 file' : code.startsWith('root_') ? 'certificate' : 'key';

/** The refusal of a root CA as one of the field; other errors stay as they are. */
const refusalOf = (path: ImportedField, error: unknown): unknown => {
  if (!(error instanceof OwnRootError)) {
    return error;
  }
  const { code, message } = error;
  const field = code === 'key_encrypted' || code === 'key_passphrase_wrong' ? 'passphrase' : path;
  return new ApiError('invalid', `The ${subjectOf(code)} ${message}.`, {
    cause: error,
    fields: [{ path: field, code, message }],
  });
};

/** Runs a check of a root CA; its refusal becomes one of the field. */
export const refusingFields = <T>(path: ImportedField, check: () => T): T => {
  try {
    return check();
  } catch (error) {
    throw refusalOf(path, error);
  }
};

/** @throws ApiError `project_frozen`, and `project_incomplete` without a short name */
const requireNamed = (project: ProjectRow): void => {
  if (project.frozen !== 0) {
    throw new ApiError('project_frozen', PROJECT_FROZEN);
  }
  if (project.short_name === '') {
    throw new ApiError(
      'project_incomplete',
      'The project needs a short name first: the root CA carries it.',
      {
        fields: [{ path: 'short_name', code: 'missing', message: 'is missing' }],
      },
    );
  }
};

const certificateView = (row: PreparedRootRow): Partial<PreparedRoot> => {
  if (row.certificate === '') {
    return {};
  }
  const certificate = new X509Certificate(row.certificate);
  return {
    certificate: row.certificate,
    ...(row.chain === '' ? {} : { chain: row.chain }),
    fingerprint_sha256: certificate.fingerprint256,
    subject: certificate.subject,
    issuer: certificate.issuer,
    not_before: new Date(certificate.validFrom).toUTCString(),
    not_after: new Date(certificate.validTo).toUTCString(),
    warnings: [...rootWarnings(certificate)],
  };
};

const viewOf = (row: PreparedRootRow | undefined): PreparedRoot =>
  row === undefined
    ? { state: 'none' }
    : {
        state: row.certificate === '' ? 'requested' : 'ready',
        common_name: row.common_name,
        key_location: isInHardware(row.stored_key) ? 'token' : 'database',
        key_encrypted: isSealed(row.stored_key),
        created_by: row.created_by,
        created_at: toHttpDate(row.created_at),
        ...(row.request === '' ? {} : { request: row.request }),
        ...certificateView(row),
      };

/** Returns the root CA that waits for the freeze. @throws ApiError `unauthorized` */
export const preparedRoot = async (context: ServiceContext, requester: Requester): Promise<PreparedRoot> => {
  authorize(requester.principal, 'root_ca.prepared');
  return viewOf(await readPreparedRoot(context.db.reader));
};

/** Checks who asks, and that the project can still get a root CA. */
const projectToPrepare = async (context: ServiceContext, requester: Requester): Promise<ProjectRow> => {
  requirePresence(authorizeUser(requester.principal, 'root_ca.prepare'), context.now(), PRESENCE_MS);
  const project = await readProject(context.db.reader);
  requireNamed(project);
  return project;
};

const newRow = (
  context: ServiceContext,
  requester: Requester,
  content: Pick<
    PreparedRootRow,
    'common_name' | 'stored_key' | 'public_key' | 'request' | 'certificate' | 'chain'
  >,
): PreparedRootRow => ({
  id: randomBytes(ID_BYTES).toString('hex'),
  ...content,
  created_by: requester.principal?.email ?? '',
  created_at: toTimestamp(context.now()),
});

/** The project may have been frozen or renamed while the key was worked on. */
const requireSame = async (trx: Trx, commonName: string): Promise<void> => {
  const project = await readProject(trx);
  requireNamed(project);
  if (project.short_name !== commonName) {
    throw new ApiError('conflicting', 'Somebody else changed the short name meanwhile. Try again.', {
      fields: [{ path: 'short_name', code: 'changed', message: 'was changed meanwhile' }],
    });
  }
};

const pemOfKey = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

const fingerprintOf = (pem: string): string => new X509Certificate(pem).fingerprint256;

interface ImportedRoot {
  readonly privateKey: KeyObject;
  /** PEM, with the CAs above it. */
  readonly certificates: string;
  /** Where refusals of the certificate belong. */
  readonly path: ImportedField;
}

/** @throws ApiError `invalid` */
const readImport = async ({
  certificate = '',
  key = '',
  pkcs12,
  passphrase,
}: z.infer<typeof RootImport>): Promise<ImportedRoot> => {
  if (pkcs12 === undefined) {
    const privateKey = refusingFields('key', () => readRootKey(key, passphrase));
    return { privateKey, certificates: certificate, path: 'certificate' };
  }
  const root = await readPkcs12(Buffer.from(pkcs12, 'base64'), passphrase).catch((error: unknown) => {
    throw refusalOf('pkcs12', error);
  });
  return { ...root, path: 'pkcs12' };
};

/**
 * Takes a root CA of one's own with its key; the freeze uses it instead of generating one.
 *
 * @throws ApiError `unauthorized`, `confirmation_required`, `project_frozen`, `project_incomplete`, `conflicting`,
 *   `invalid` saying why it cannot be used
 */
export const importRootCa = async (
  context: ServiceContext,
  requester: Requester,
  body: z.infer<typeof RootImport>,
): Promise<PreparedRoot> => {
  const { short_name: commonName } = await projectToPrepare(context, requester);
  const { privateKey, certificates, path } = await readImport(body);
  const publicKey = createPublicKey(privateKey);
  const fit = { publicKey, commonName, now: context.now() };
  const root = refusingFields(path, () => readOwnRoot(certificates, fit));
  const row = newRow(context, requester, {
    common_name: commonName,
    stored_key: await context.rootCa.sealImported(privateKey, body.passphrase),
    public_key: pemOfKey(publicKey),
    request: '',
    certificate: root.certificatePem,
    chain: root.chainPem,
  });
  await change(context, requester, async (trx, audit) => {
    await requireSame(trx, commonName);
    await replacePreparedRoot(trx, row);
    await audit('authority.import', 'authority', { sha256: fingerprintOf(root.certificatePem) });
  });
  return viewOf(row);
};

/**
 * Generates the root CA's key and the request that another CA signs. While one waits, it is given again.
 *
 * @throws ApiError `unauthorized`, `confirmation_required`, `project_frozen`, `project_incomplete`, `conflicting`
 *   when a root CA waits already, `unavailable` when the token fails
 */
export const requestRootCa = async (context: ServiceContext, requester: Requester): Promise<PreparedRoot> => {
  const project = await projectToPrepare(context, requester);
  const commonName = project.short_name;
  const { stored, privateKey } = await context.rootCa.prepareKey(keyBitsOf(project.key_bits));
  const row = newRow(context, requester, {
    common_name: commonName,
    stored_key: stored,
    public_key: pemOfKey(publicKeyOf(privateKey)),
    request: await rootRequest(commonName, privateKey),
    certificate: '',
    chain: '',
  });
  return change(context, requester, async (trx, audit) => {
    await requireSame(trx, commonName);
    const before = await readPreparedRoot(trx);
    if (before?.certificate === '' && before.common_name === commonName) {
      return viewOf(before);
    }
    if (before !== undefined) {
      throw new ApiError('conflicting', 'A root CA waits for the freeze already: discard it first.');
    }
    await replacePreparedRoot(trx, row);
    await audit('authority.request', 'authority');
    return viewOf(row);
  });
};

/**
 * Takes the certificate that another CA issued for the request.
 *
 * @throws ApiError as {@link importRootCa}; `not_found` without a request
 */
export const takeSignedRootCa = async (
  context: ServiceContext,
  requester: Requester,
  certificate: string,
): Promise<PreparedRoot> => {
  const { short_name: commonName } = await projectToPrepare(context, requester);
  return change(context, requester, async (trx, audit) => {
    await requireSame(trx, commonName);
    const row = await readPreparedRoot(trx);
    if (row === undefined || row.request === '') {
      throw new ApiError('not_found', 'There is no request for a root CA.');
    }
    const publicKey = createPublicKey(row.public_key);
    const root = refusingFields('certificate', () =>
      readOwnRoot(certificate, { publicKey, commonName, now: context.now() }),
    );
    const next = { ...row, certificate: root.certificatePem, chain: root.chainPem };
    await replacePreparedRoot(trx, next);
    await audit('authority.certificate', 'authority', { sha256: fingerprintOf(root.certificatePem) });
    return viewOf(next);
  });
};

/** Discards the root CA that waits; the freeze generates one then. @throws ApiError `unauthorized` */
export const discardRootCa = async (context: ServiceContext, requester: Requester): Promise<void> => {
  requirePresence(authorizeUser(requester.principal, 'root_ca.prepare'), context.now(), PRESENCE_MS);
  await change(context, requester, async (trx, audit) => {
    if ((await readPreparedRoot(trx)) !== undefined) {
      await deletePreparedRoot(trx);
      await audit('authority.discard', 'authority');
    }
  });
};
