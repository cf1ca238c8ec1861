import { z } from 'zod';
import { isAtLeast, type TargetRelease } from './releases.ts';

const FQCN = /^[-A-Za-z0-9_]+(?:\.[-A-Za-z0-9_]+)*$/;

/** Name that stands in a participant's certificate where it differs from the participant's own. */
export const AuthIdentity = z
  .string('is not a text')
  .regex(/^[A-Za-z0-9._%+@-]{1,64}$/, 'is not a name that a certificate may hold');

/** Identities by the full names of the cells of sites and relays, such as `relay-1.site-1`. */
export const AuthIdentityMap = z.record(
  z.string().max(512).regex(FQCN, 'is not the full name of a cell, such as relay-1.site-1'),
  AuthIdentity,
);
export type AuthIdentityMap = z.infer<typeof AuthIdentityMap>;

/** First releases whose kits depend on settings of the project; earlier ones know nothing of them. */
const SINCE = {
  jemalloc: '2.7',
  require_signed_jobs: '2.8',
  studies: '2.8',
  auth_identity_map: '2.9',
} as const satisfies Readonly<Record<string, TargetRelease>>;

/** A setting that only kits of later releases depend on. */
export type KitSetting = keyof typeof SINCE;

/** Returns the first release whose kits depend on a setting. */
export const sinceRelease = (setting: KitSetting): TargetRelease => SINCE[setting];

/** Returns whether kits of a release depend on a setting. */
export const dependsOn = (release: TargetRelease, setting: KitSetting): boolean =>
  isAtLeast(release, SINCE[setting]);

/** Returns a warning for each setting that kits of the release do not depend on. */
export const settingsWithoutEffect = (
  release: TargetRelease,
  isSet: Readonly<Record<KitSetting, boolean>>,
): readonly { readonly path: KitSetting; readonly message: string }[] =>
  (['require_signed_jobs', 'auth_identity_map', 'studies', 'jemalloc'] as const)
    .filter((setting) => isSet[setting] && !dependsOn(release, setting))
    .map((path) => ({
      path,
      message: `has no effect in startup kits for NVFLARE ${release}; it needs ${SINCE[path]} or later`,
    }));
