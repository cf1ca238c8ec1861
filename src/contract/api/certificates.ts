import { z } from 'zod';
import { REVOCATION_REASONS } from '../revocation.ts';
import { NamedCertificate } from './names.ts';

/** POST /certificates/revoke: certificates that must not be accepted any more. It cannot be undone. */
export const RevocationRequest = z.object({
  /** Upper-case hexadecimal, as in the ledger. */
  serials: z
    .array(z.string().regex(/^[0-9A-F]{1,64}$/, 'is not a serial number in upper-case hexadecimal'))
    .min(1)
    .max(1000),
  reason: z.enum(REVOCATION_REASONS),
  /** Also revokes the other certificates that their holders could still use. */
  all_of_holder: z.boolean().optional(),
});
export type RevocationRequest = z.infer<typeof RevocationRequest>;

export const RevocationResponse = z.object({
  status: z.string(),
  /** Certificates revoked now; those that were revoked before are left out. */
  revoked: z.array(NamedCertificate),
  /** Sites and users who wait for approval again, as they have no usable certificate left. */
  pending: z.array(z.string()),
  /** Sites that a running FL server (2.8 and later) locks out with this command. */
  lock_out: z.array(z.object({ name: z.string(), command: z.string() })),
  /** Whether the revocation list holds them already; not while the root key is sealed. */
  listed: z.boolean(),
});
export type RevocationResponse = z.infer<typeof RevocationResponse>;

/** GET /disabled_clients.json: the file that an FL server of 2.8 and later reads when it starts. */
export const DisabledClients = z.object({ disabled_clients: z.array(z.string()) });
