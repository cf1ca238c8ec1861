import { z } from 'zod';

/** The `terms_version` that somebody accepts. */
export const TermsAcceptance = z.object({ version: z.string().min(1).max(64) });
