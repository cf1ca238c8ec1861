import { certificateOf, compareCertificates, withoutCredentials, type KitDifference } from './kit-content.ts';
import type { KitFile, KitPlan } from './kit-file.ts';

const byPath = (files: readonly KitFile[]): ReadonlyMap<string, KitFile> =>
  new Map(files.map((file) => [file.path, file]));

const isSame = (one: KitFile | undefined, other: KitFile | undefined): boolean =>
  one === other ||
  (one !== undefined &&
    other !== undefined &&
    one.mode === other.mode &&
    withoutCredentials(one) === withoutCredentials(other));

/** Compares two plans of one participant's kit without generating a key. */
export const comparePlans = (before: KitPlan, after: KitPlan): KitDifference => {
  const [earlier, later] = [byPath(before.files), byPath(after.files)];
  const paths = [...new Set([...earlier.keys(), ...later.keys()])];
  return {
    certificate: compareCertificates(certificateOf(before), certificateOf(after)),
    files: paths.filter((path) => !isSame(earlier.get(path), later.get(path))).toSorted(),
  };
};
