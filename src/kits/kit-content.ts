import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { LeafRequest } from '../contract/certificate.ts';
import type { KitParticipant, KitProject } from '../contract/kit.ts';
import type { Credentials, KitFile, KitPlan } from './kit-file.ts';
import { causesOf, KitCauses } from './kit-causes.ts';
import { planKit } from './plan-kit.ts';
import { settingsOf } from './settings.ts';

const Texts = z.record(z.string(), z.string());

/** Tells what a kit contains without its credentials, which count by the certificate. */
export const KitContent = z.object({
  /** Values in the certificates, by field. */
  certificate: Texts,
  /** Digests of the files, by path. */
  files: Texts,
});
export type KitContent = z.infer<typeof KitContent>;

/** A value of a certificate before and after. */
export interface LeafDifference {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** Describes what a participant's kit has different after a change of the project. */
export interface KitDifference {
  readonly certificate: readonly LeafDifference[];
  /** Paths of files that change, come or go, in order; those with credentials count by their certificate. */
  readonly files: readonly string[];
}

const PLACEHOLDER = { certificatePem: '', privateKeyPem: '' };
const CREDENTIALS: Credentials = { root: '', own: PLACEHOLDER, listener: PLACEHOLDER, jobCa: PLACEHOLDER };
const DIGEST_LENGTH = 22;

const digestOf = (content: string): string =>
  createHash('sha256').update(content).digest('base64url').slice(0, DIGEST_LENGTH);

/** Returns a file's content with nothing where the credentials come. */
export const withoutCredentials = ({ content }: KitFile): string =>
  typeof content === 'string' ? content : content(CREDENTIALS);

const digestOfFile = (file: KitFile): string =>
  digestOf(`${file.mode.toString(8)} ${withoutCredentials(file)}`);

/** Of the plan before: scripts and texts that all kits share are digested once. */
let known: ReadonlyMap<KitFile, string> = new Map();

const digestsOf = (files: readonly KitFile[]): ReadonlyMap<KitFile, string> => {
  const digests = new Map(files.map((file) => [file, known.get(file) ?? digestOfFile(file)]));
  known = digests;
  return digests;
};

const fieldsOf = (prefix: string, leaf: LeafRequest | undefined): Readonly<Record<string, string>> =>
  leaf === undefined
    ? {}
    : {
        [`${prefix}common_name`]: leaf.commonName,
        [`${prefix}organization`]: leaf.organization ?? '',
        [`${prefix}role`]: leaf.role ?? '',
        [`${prefix}subject_alt_names`]: leaf.subjectAltNames.map(({ value }) => value).join(', '),
      };

/** Returns the values in the certificates of a planned kit, by field. */
export const certificateOf = ({ own, listener, jobCa }: KitPlan): KitContent['certificate'] => ({
  ...fieldsOf('', own),
  ...fieldsOf('listener.', listener),
  ...fieldsOf('job_ca.', jobCa),
});

/** Returns the content of a planned kit. */
export const contentOf = (plan: KitPlan): KitContent => ({
  certificate: certificateOf(plan),
  files: Object.fromEntries([...digestsOf(plan.files)].map(([{ path }, digest]) => [path, digest])),
});

/** Forms in which a participant gets its configuration: a kit, or the zip from which `nvflare package` makes one. */
export const ISSUED_FORMS = ['kit', 'signed_zip'] as const;
export type IssuedForm = (typeof ISSUED_FORMS)[number];

/** Tells what was handed out, and what it depended on. */
export const IssuedContent = z.object({ content: KitContent, causes: KitCauses });
export type IssuedContent = z.infer<typeof IssuedContent>;

/** `nvflare package` writes everything but these values itself. */
const signedZipContent = (project: KitProject, { own }: KitPlan): KitContent => {
  const { scheme, server, projectProps } = settingsOf(project);
  const values = [scheme, projectProps.connection_security, server.host, server.flPort, server.adminPort];
  return { certificate: fieldsOf('', own), files: { 'signed.json': digestOf(JSON.stringify(values)) } };
};

/**
 * Returns what a participant would be given now.
 *
 * @throws KitError for what the project lacks or has wrong
 */
export const issuedContent = (
  project: KitProject,
  participant: KitParticipant,
  form: IssuedForm,
): IssuedContent => {
  const plan = planKit(project, participant);
  return {
    content: form === 'kit' ? contentOf(plan) : signedZipContent(project, plan),
    causes: causesOf(project, participant),
  };
};

const changedKeys = (
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => before[key] !== after[key]);

/** Compares the values in certificates. */
export const compareCertificates = (
  before: KitContent['certificate'],
  after: KitContent['certificate'],
): readonly LeafDifference[] =>
  changedKeys(before, after).map((field) => ({
    field,
    before: before[field] ?? '',
    after: after[field] ?? '',
  }));

/** Compares what a kit contains with what the next one would. */
export const compareContents = (before: KitContent, after: KitContent): KitDifference => ({
  certificate: compareCertificates(before.certificate, after.certificate),
  files: changedKeys(before.files, after.files).toSorted(),
});
