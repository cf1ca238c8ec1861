/** Asks a signal anew: the compiler would believe that what it answered once stays so. */
export const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted ?? false;
