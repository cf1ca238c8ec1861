import { SignatureCache } from './signature-cache.ts';

/** A kit has about seven contents of its own; those of the 512 participants whose keys are generated ahead fit in. */
const MAX_KNOWN = 4096;

/** Signatures of this process's kits: those that many share, and those signed ahead. */
export const KNOWN_SIGNATURES = new SignatureCache(MAX_KNOWN);
