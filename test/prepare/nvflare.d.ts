/** See nvflare.js. */
export function prepareNvflare(
  releases: readonly string[],
): Promise<{ readonly environments: Readonly<Record<string, string>>; readonly reason: string | undefined }>;
export const NVFLARE_RELEASES: readonly string[];
