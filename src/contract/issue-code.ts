import { z } from 'zod';
import { FIELD_CODES, type FieldCode } from './errors.ts';

const Coded = z.object({ params: z.object({ code: z.enum(FIELD_CODES) }) });

/** Returns the field code that a schema gives beside its message; undefined for an issue of zod's own. */
export const issueCode = (issue: unknown): FieldCode | undefined => Coded.safeParse(issue).data?.params.code;
