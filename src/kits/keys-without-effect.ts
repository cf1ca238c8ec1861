import type { Props } from '../contract/kit.ts';
import { SECTION_SCHEMAS, type PropsSection } from './props/section-schemas.ts';

export const NO_EFFECT = 'has no effect here; check its spelling and its section';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const missing = (
  given: Readonly<Record<string, unknown>>,
  known: unknown,
  prefix: string,
): readonly string[] =>
  Object.entries(given).flatMap(([key, value]) => {
    if (!isRecord(known) || !Object.hasOwn(known, key)) {
      return [`${prefix}${key}`];
    }
    return isRecord(value) ? missing(value, known[key], `${prefix}${key}.`) : [];
  });

/**
 * Returns the keys of valid properties that no startup kit uses, such as misspelled ones.
 *
 * @returns paths relative to the section (`connect_to.prot`); none for properties that {@link checkProps} refuses
 */
export const keysWithoutEffect = (section: PropsSection, props: Props): readonly string[] => {
  const known = SECTION_SCHEMAS[section].safeParse(props);
  return known.success ? missing(props, known.data, '') : [];
};
