import { z } from 'zod';
import { HttpDate } from './response.ts';

/** POST /names/release: lets others take a name that certificates carry. */
export const NameRelease = z.object({ name: z.string().min(1).max(253) });

/** A certificate that carries a name. */
export const NamedCertificate = z.object({
  kind: z.string(),
  common_name: z.string(),
  serial: z.string(),
  not_after: HttpDate,
});

export const NameReleaseResponse = z.object({
  status: z.string(),
  /** Certificates that still carry the name; they stay valid until they expire. */
  certificates: z.array(NamedCertificate),
});
