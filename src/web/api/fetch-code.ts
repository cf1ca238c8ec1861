/** Pauses in milliseconds: a network that changes cuts what is being fetched, more than once within a second. */
const PAUSES_MS = [250, 1_000];

/**
 * Imports code or texts of the page, again after a pause where that failed.
 *
 * @throws what the last attempt failed with
 */
export const fetchCode = async <T>(load: () => Promise<T>): Promise<T> => {
  for (const ms of PAUSES_MS) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  }
  return load();
};
