import { TARGET_RELEASES, type TargetRelease } from '../contract/releases.ts';

/**
 * True when `release` is `other` or a later one.
 */
export const isAtLeast = (release: TargetRelease, other: TargetRelease): boolean =>
  TARGET_RELEASES.indexOf(release) <= TARGET_RELEASES.indexOf(other);

/** True where the console uses a separate socket, which cannot share the FL port (2.6 and earlier). */
export const hasOwnAdminPort = (release: TargetRelease): boolean => !isAtLeast(release, '2.7');
