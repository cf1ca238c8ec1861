import { z } from 'zod';

/** A value before and after; JSON where it is no text. */
export const Difference = z.object({ field: z.string(), before: z.string(), after: z.string() });
export type Difference = z.infer<typeof Difference>;
