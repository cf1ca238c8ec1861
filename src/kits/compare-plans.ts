import type { LeafRequest } from '../contract/certificate.ts';
import type { Credentials, KitFile, KitPlan } from './kit-file.ts';
import { render } from './render.ts';

/** A value of a certificate before and after. */
export interface LeafDifference {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** Describes what a participant's kit has different after a change of the project. */
export interface PlanDifference {
  readonly certificate: readonly LeafDifference[];
  /** Paths of files that change, come or go, in order; those with credentials count by their certificate. */
  readonly files: readonly string[];
}

const PLACEHOLDER = { certificatePem: '', privateKeyPem: '' };
const CREDENTIALS: Credentials = { root: '', own: PLACEHOLDER, listener: PLACEHOLDER, jobCa: PLACEHOLDER };

const contentsOf = (files: readonly KitFile[]): ReadonlyMap<string, string> =>
  new Map(
    files.map((file) => {
      const { path, mode, content } = render(file, CREDENTIALS);
      return [path, `${mode.toString(8)} ${content.toString('utf8')}`];
    }),
  );

const fieldsOf = (prefix: string, leaf: LeafRequest | undefined): ReadonlyMap<string, string> =>
  leaf === undefined
    ? new Map()
    : new Map([
        [`${prefix}common_name`, leaf.commonName],
        [`${prefix}organization`, leaf.organization ?? ''],
        [`${prefix}role`, leaf.role ?? ''],
        [`${prefix}subject_alt_names`, leaf.subjectAltNames.map(({ value }) => value).join(', ')],
      ]);

const changedKeys = (
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));

/** Compares two plans of one participant's kit without generating a key. */
export const comparePlans = (before: KitPlan, after: KitPlan): PlanDifference => {
  const leaves = [before, after].map(
    ({ own, listener, jobCa }) =>
      new Map([...fieldsOf('', own), ...fieldsOf('listener.', listener), ...fieldsOf('job_ca.', jobCa)]),
  );
  const [old = new Map<string, string>(), next = new Map<string, string>()] = leaves;
  return {
    certificate: changedKeys(old, next).map((field) => ({
      field,
      before: old.get(field) ?? '',
      after: next.get(field) ?? '',
    })),
    files: changedKeys(contentsOf(before.files), contentsOf(after.files)).toSorted(),
  };
};
