import { z } from 'zod';

/** Where the audit log ends: the number of its last row, and that row's hash. */
export const AuditHead = z.object({ sequence: z.number().int(), hash: z.string() });
export type AuditHead = Readonly<z.infer<typeof AuditHead>>;

const TEXT = /(?<![\da-f])(\d{1,15}):([\da-f]{64})(?![\da-f])/;

/** As people and logs keep it: `SEQUENCE:HASH`. */
export const auditHeadText = ({ sequence, hash }: AuditHead): string => `${sequence}:${hash}`;

/** Finds a head in a text, such as a line of a log. */
export const findAuditHead = (text: string): AuditHead | undefined => {
  const [, sequence, hash] = TEXT.exec(text) ?? [];
  return sequence === undefined || hash === undefined ? undefined : { sequence: Number(sequence), hash };
};

/** Result of `dashboard audit verify`. */
export const AuditVerification = AuditHead.extend({
  intact: z.boolean(),
  /** The last row that is as it was written. */
  proven_until: z.number().int(),
  /** The last row that cannot be checked since its key is lost; 0 for none. */
  unproven_until: z.number().int(),
  /** Whether the earlier head is in the log; undefined when none was named. */
  contains: z.boolean().optional(),
});
export type AuditVerification = Readonly<z.infer<typeof AuditVerification>>;
