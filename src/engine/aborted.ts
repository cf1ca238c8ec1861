/** Re-reads `aborted`: TypeScript narrows the property permanently. */
export const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted ?? false;
