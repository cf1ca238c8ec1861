/** The engine API versions this package is tested with. */
export const OLDEST_API = '1.41';
export const NEWEST_API = '1.47';

const minor = (version: string): number => {
  const match = /^1\.(\d{1,4})$/.exec(version);
  return match?.[1] === undefined ? -1 : Number(match[1]);
};

/**
 * Returns the API version for all calls: the lower of this package's and the engine's, at least the engine's minimum.
 *
 * @param newest newest version the engine speaks (`1.41`)
 * @param oldest oldest version it accepts; undefined when it does not say
 * @returns undefined when the engine is too old
 */
export const negotiateApi = (newest: string, oldest: string | undefined): string | undefined => {
  const offered = minor(newest);
  if (offered < minor(OLDEST_API)) {
    return undefined;
  }
  const common = Math.min(offered, minor(NEWEST_API));
  return `1.${Math.max(common, minor(oldest ?? OLDEST_API))}`;
};
