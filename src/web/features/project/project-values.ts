import { z } from 'zod';
import { ENCRYPTION_POLICIES } from '../../../contract/zip-encryption.ts';
import { SECOND_FACTOR_RULES } from '../../../contract/api/second-factor.ts';
import { AuthIdentityMap } from '../../../contract/kit-settings.ts';
import { SIGN_UP_MODES } from '../../../contract/sign-up-modes.ts';
import { TARGET_RELEASES } from '../../../contract/releases.ts';
import { Studies } from '../../../contract/studies.ts';
import type { Project, ProjectChange } from '../../api/views.ts';
import { dayOf, storedDay } from './days.ts';

export const KEY_BITS = [2048, 3072, 4096] as const;

const Days = z.union([z.number(), z.string()]);

/** The project's form. */
export const ProjectValues = z.object({
  short_name: z.string(),
  title: z.string(),
  description: z.string(),
  app_location: z.string(),
  start: z.string().nullable(),
  end: z.string().nullable(),
  sign_up: z.string(),
  sign_up_domains: z.string(),
  contact: z.string(),
  privacy_notice: z.string(),
  terms: z.string(),
  terms_version: z.string(),
  color: z.string(),
  target_release: z.string(),
  key_bits: z.string(),
  zip_encryption: z.string(),
  root_valid_days: Days,
  leaf_valid_days: Days,
  second_factor: z.string(),
  signed_jobs: z.string(),
  jemalloc: z.boolean(),
  auth_identity_map: z.string(),
  studies: z.string(),
});
export type ProjectValues = z.infer<typeof ProjectValues>;

/** Choices whether jobs must be signed; the first leaves it to NVFLARE. */
export const SIGNED_JOBS = ['', 'true', 'false'] as const;

const jsonText = (value: object | undefined): string =>
  value === undefined ? '' : JSON.stringify(value, undefined, 2);

/** Returns what a JSON field holds: null when empty, undefined when it is not JSON. */
const jsonOf = (text: string): unknown => {
  if (text.trim() === '') {
    return null;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Returns whether a field holds an object that the schema takes, or nothing. */
export const isSetting = (setting: 'auth_identity_map' | 'studies', text: string): boolean =>
  (setting === 'studies' ? Studies : AuthIdentityMap).nullable().safeParse(jsonOf(text)).success;

export const projectValues = (project: Project): ProjectValues => ({
  short_name: project.short_name,
  title: project.title,
  description: project.description,
  app_location: project.app_location,
  start: dayOf(project.starting_date),
  end: dayOf(project.end_date),
  sign_up: project.sign_up,
  sign_up_domains: project.sign_up_domains.join(', '),
  contact: project.contact,
  privacy_notice: project.privacy_notice,
  terms: project.terms,
  terms_version: project.terms_version,
  color: project.color,
  target_release: project.target_release,
  key_bits: String(project.key_bits),
  zip_encryption: project.zip_encryption,
  root_valid_days: project.root_valid_days,
  leaf_valid_days: project.leaf_valid_days,
  second_factor: project.second_factor ?? 'nobody',
  signed_jobs: project.require_signed_jobs === null ? '' : String(project.require_signed_jobs),
  jemalloc: project.jemalloc,
  auth_identity_map: jsonText(project.auth_identity_map),
  studies: jsonText(project.studies),
});

const chosen = <T>(options: readonly T[], text: string): T | undefined =>
  options.find((option) => String(option) === text);

/**
 * The part of a change that differs from the project and that the backend says can change: what somebody else
 * changed meanwhile stays.
 */
export const changedSettings = (body: ProjectChange, project: Project): ProjectChange => {
  const before: Readonly<Record<string, unknown>> = project;
  return Object.fromEntries(
    Object.entries(body).filter(
      ([key, value]) =>
        project.changeable.includes(key) && JSON.stringify(value) !== JSON.stringify(before[key] ?? null),
    ),
  );
};

const domainsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((domain) => domain !== '');

/** The form as the API takes it. */
export const projectBody = (values: ProjectValues): ProjectChange => {
  const release = chosen(TARGET_RELEASES, values.target_release);
  const bits = chosen(KEY_BITS, values.key_bits);
  const encryption = chosen(ENCRYPTION_POLICIES, values.zip_encryption);
  const mode = chosen(SIGN_UP_MODES, values.sign_up);
  const rule = chosen(SECOND_FACTOR_RULES, values.second_factor);
  return {
    short_name: values.short_name,
    title: values.title,
    description: values.description,
    app_location: values.app_location,
    starting_date: storedDay(values.start),
    end_date: storedDay(values.end),
    contact: values.contact,
    privacy_notice: values.privacy_notice,
    terms: values.terms,
    terms_version: values.terms_version,
    color: values.color.trim(),
    ...(mode === undefined ? {} : { sign_up: mode }),
    // Kept while another mode hides the field.
    ...(mode === 'domain' ? { sign_up_domains: domainsIn(values.sign_up_domains) } : {}),
    ...(release ? { target_release: release } : {}),
    ...(bits ? { key_bits: bits } : {}),
    ...(encryption ? { zip_encryption: encryption } : {}),
    ...(rule ? { second_factor: rule } : {}),
    require_signed_jobs: values.signed_jobs === '' ? null : values.signed_jobs === 'true',
    jemalloc: values.jemalloc,
    auth_identity_map: AuthIdentityMap.nullable().parse(jsonOf(values.auth_identity_map)),
    studies: Studies.nullable().parse(jsonOf(values.studies)),
    root_valid_days: Number(values.root_valid_days),
    leaf_valid_days: Number(values.leaf_valid_days),
  };
};
