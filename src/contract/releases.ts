/** NVFLARE releases for which kits can be generated, newest first. */
export const TARGET_RELEASES = ['2.10', '2.9', '2.8', '2.7', '2.6', '2.5', '2.4'] as const;
export type TargetRelease = (typeof TARGET_RELEASES)[number];

/** The newest release that NVIDIA has published, which new projects are for. */
export const NEWEST_RELEASE: TargetRelease = '2.9';

/** True for a release that is not out yet: its kits follow what is known of it, and nothing has started them. */
export const isPreview = (release: TargetRelease): boolean => !isAtLeast(NEWEST_RELEASE, release);

/**
 * Origin of the target release: found in the tables of a project taken over (`detected`), one of several that they
 * fit (`assumed`), or set in this dashboard (`chosen`).
 */
export const RELEASE_ORIGINS = ['detected', 'assumed', 'chosen'] as const;
export type ReleaseOrigin = (typeof RELEASE_ORIGINS)[number];

/** Layout of a kit: `plain` for 2.8 and later, `legacy` (overseer agent, signature.json) before. */
export type KitProfile = 'plain' | 'legacy';

export const profileOf = (release: TargetRelease): KitProfile =>
  isAtLeast(release, '2.8') ? 'plain' : 'legacy';

/** True where the runtime still has the HTTP overseer (2.6 and earlier). */
export const supportsHighAvailability = (release: TargetRelease): boolean =>
  release === '2.6' || release === '2.5' || release === '2.4';

/** True when `release` is `other` or a later one. */
export const isAtLeast = (release: TargetRelease, other: TargetRelease): boolean =>
  TARGET_RELEASES.indexOf(release) <= TARGET_RELEASES.indexOf(other);

/** True where the console uses a separate socket, which cannot share the FL port (2.6 and earlier). */
export const hasOwnAdminPort = (release: TargetRelease): boolean => !isAtLeast(release, '2.7');
