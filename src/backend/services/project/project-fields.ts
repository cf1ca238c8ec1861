import { hasHiddenCharactersInLines } from '../../../contract/free-text.ts';
import type { ProjectPatch } from '../../../contract/api/project.ts';
import type { FieldProblem } from '../../../contract/errors.ts';
import type { Props } from '../../../contract/kit.ts';
import { ENCRYPTION_POLICIES, type EncryptionPolicy } from '../../../contract/zip-encryption.ts';
import { isPublicMode, signUpModeOf } from '../../../contract/sign-up-modes.ts';
import { HostName, MAX_COMMON_NAME, ProjectShortName } from '../../../contract/names.ts';
import {
  NEWEST_RELEASE,
  RELEASE_ORIGINS,
  supportsHighAvailability,
  TARGET_RELEASES,
  type ReleaseOrigin,
  type TargetRelease,
} from '../../../contract/releases.ts';
import { checkProps } from '../../../kits/check-props.ts';
import { MAX_PROPS_TEXT, propsOf, propsText } from '../../store/stored-json.ts';
import type { ProjectRow } from '../../store/schema.ts';
import type { ProjectChange } from '../../store/project.ts';

const TEXTS = [
  'title',
  'description',
  'app_location',
  'starting_date',
  'end_date',
  'contact',
  'privacy_notice',
  'terms',
] as const;
const HOSTS = ['server1', 'server2', 'overseer'] as const;
const AS_GIVEN = [
  ...TEXTS,
  ...HOSTS,
  'short_name',
  'target_release',
  'zip_encryption',
  'key_bits',
  'root_valid_days',
  'leaf_valid_days',
  'second_factor',
  'terms_version',
  'color',
] as const;
const FLAGS = ['public', 'cc_mode', 'ha_mode', 'jemalloc', 'require_signed_jobs'] as const;
const PROPS = ['project_props', 'server_props', 'auth_identity_map', 'studies'] as const;
/** Longest JSON text of identities or studies. */
const MAX_KIT_SETTING = 65_536;

/** The domains of a stored list. */
export const domainsOf = (text: string): string[] => text.split(' ').filter((domain) => domain !== '');

/** A stored release; the newest for a text that is none. */
export const releaseOf = (text: string): TargetRelease =>
  TARGET_RELEASES.find((release) => release === text) ?? NEWEST_RELEASE;

/** A stored policy; `any` for a text that is none. */
export const encryptionPolicyOf = (text: string): EncryptionPolicy =>
  ENCRYPTION_POLICIES.find((policy) => policy === text) ?? ENCRYPTION_POLICIES[0];

/** A stored origin; `chosen` for a text that is none. */
export const originOf = (text: string): ReleaseOrigin =>
  RELEASE_ORIGINS.find((origin) => origin === text) ?? 'chosen';

/**
 * The columns that a patch changes.
 *
 * @returns only what differs from the row
 */
export const changesOf = (row: ProjectRow, patch: ProjectPatch): ProjectChange => {
  const wanted: [keyof ProjectRow, string | number | null][] = [];
  for (const key of AS_GIVEN) {
    const value = patch[key];
    if (value !== undefined) {
      wanted.push([key, value]);
    }
  }
  // Whoever sends the release has confirmed it, also when it stays the same.
  if (patch.target_release !== undefined) {
    wanted.push(['target_release_origin', 'chosen']);
  }
  for (const key of FLAGS) {
    const value = key === 'public' && patch.sign_up !== undefined ? undefined : patch[key];
    if (value !== undefined) {
      wanted.push([key, value === null ? null : value ? 1 : 0]);
    }
  }
  for (const key of PROPS) {
    const value = patch[key];
    if (value !== undefined) {
      wanted.push([key, propsText(value)]);
    }
  }
  if (patch.sign_up_domains !== undefined) {
    wanted.push(['sign_up_domains', [...new Set(patch.sign_up_domains)].join(' ')]);
  }
  const mode = patch.sign_up;
  if (mode !== undefined) {
    wanted.push(['sign_up', mode], ['public', isPublicMode(mode) ? 1 : 0]);
  }
  return Object.fromEntries(wanted.filter(([key, value]) => row[key] !== value));
};

const hostProblems = (row: ProjectRow, key: (typeof HOSTS)[number]): readonly string[] => {
  const value = row[key];
  if (value === '') {
    return [];
  }
  const checked = HostName.safeParse(value);
  if (!checked.success) {
    return checked.error.issues.slice(0, 1).map((issue) => issue.message);
  }
  if (value.length > MAX_COMMON_NAME) {
    return ['is longer than 64 characters, the limit of a certificate name'];
  }
  const twin = HOSTS.find((other) => other !== key && row[other].toLowerCase() === value.toLowerCase());
  return twin === undefined ? [] : [`is the same as ${twin}; all names of a project must differ`];
};

const propsProblems = (
  section: 'project' | 'server',
  text: string,
  release: TargetRelease,
): readonly FieldProblem[] => {
  const field = `${section}_props`;
  if (text.length > MAX_PROPS_TEXT) {
    return [{ path: field, message: 'takes more than 2048 characters as JSON' }];
  }
  const props: Props = propsOf(text) ?? {};
  return checkProps(section, props, release).map(({ path, message }) => ({
    path: path === '' ? field : `${field}.${path}`,
    message,
  }));
};

const availabilityProblems = (row: ProjectRow, changed: ProjectChange): readonly FieldProblem[] => {
  if (row.ha_mode === 0 || supportsHighAvailability(releaseOf(row.target_release))) {
    return [];
  }
  return [
    {
      path: changed.ha_mode === undefined ? 'target_release' : 'ha_mode',
      message: `NVFLARE ${row.target_release} has no overseer; high availability needs target_release 2.6, 2.5 or 2.4`,
    },
  ];
};

const signUpProblems = (row: ProjectRow): readonly FieldProblem[] =>
  signUpModeOf(row.sign_up, row.public !== 0) === 'domain' && row.sign_up_domains === ''
    ? [{ path: 'sign_up_domains', code: 'missing', message: 'is needed for sign-ups by e-mail domain' }]
    : [];

/** People accept a version: what it says must not change under them. */
const termsProblems = (
  row: ProjectRow,
  changed: ProjectChange,
  before: ProjectRow,
): readonly FieldProblem[] => {
  if (row.terms === '') {
    return [];
  }
  if (row.terms_version === '') {
    return [{ path: 'terms_version', code: 'missing', message: 'is needed beside the terms' }];
  }
  return changed.terms !== undefined && before.terms !== '' && changed.terms_version === undefined
    ? [
        {
          path: 'terms_version',
          code: 'same_version',
          message: 'must change with the terms, since people accepted the earlier ones',
        },
      ]
    : [];
};

/**
 * Returns what is wrong with the changed fields of a project.
 *
 * @param next the row as it would become
 * @param changed what was changed to get there; other fields are not judged again
 * @param before the row as it is
 */
export const projectProblems = (
  next: ProjectRow,
  changed: ProjectChange,
  before: ProjectRow,
): readonly FieldProblem[] => {
  const problems: FieldProblem[] = [];
  if (changed.short_name !== undefined && next.short_name !== '') {
    const checked = ProjectShortName.safeParse(next.short_name);
    const issue = checked.error?.issues[0];
    if (issue !== undefined) {
      problems.push({ path: 'short_name', message: issue.message });
    }
  }
  for (const key of TEXTS) {
    if (changed[key] !== undefined && hasHiddenCharactersInLines(next[key])) {
      problems.push({
        path: key,
        code: 'control_characters',
        message: 'holds control or invisible characters',
      });
    }
  }
  for (const key of HOSTS) {
    if (changed[key] === undefined) {
      continue;
    }
    for (const message of hostProblems(next, key)) {
      problems.push({ path: key, message });
    }
  }
  const release = releaseOf(next.target_release);
  const released = changed.target_release !== undefined;
  if (changed.project_props !== undefined || released) {
    problems.push(...propsProblems('project', next.project_props, release));
  }
  if (changed.server_props !== undefined || released) {
    problems.push(...propsProblems('server', next.server_props, release));
  }
  for (const key of ['auth_identity_map', 'studies'] as const) {
    if ((changed[key]?.length ?? 0) > MAX_KIT_SETTING) {
      problems.push({ path: key, message: `takes more than ${MAX_KIT_SETTING} characters as JSON` });
    }
  }
  if (changed.ha_mode !== undefined || released) {
    problems.push(...availabilityProblems(next, changed));
  }
  if (changed.sign_up !== undefined || changed.sign_up_domains !== undefined) {
    problems.push(...signUpProblems(next));
  }
  if (changed.terms !== undefined || changed.terms_version !== undefined) {
    problems.push(...termsProblems(next, changed, before));
  }
  return problems;
};

/** Returns what a project lacks to be frozen; empty when nothing. */
export const missingToFreeze = (row: ProjectRow): readonly FieldProblem[] => {
  const needed: readonly (readonly ['short_name' | (typeof HOSTS)[number], string])[] = [
    ['short_name', 'a short name'],
    ['server1', 'the name of its server'],
    ...(row.ha_mode === 0
      ? []
      : ([
          ['server2', 'the name of its second server'],
          ['overseer', 'the name of its overseer'],
        ] as const)),
  ];
  return needed
    .filter(([field]) => row[field] === '')
    .map(([field, what]) => ({
      path: field,
      code: 'missing' as const,
      message: `The project needs ${what} before it can be frozen.`,
    }));
};
