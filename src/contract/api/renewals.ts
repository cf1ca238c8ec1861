import { z } from 'zod';
import { RequestHolder } from './requests.ts';
import { HttpDate } from './response.ts';

/** Days before a certificate expires in which it is said ever more urgently. */
export const RENEWAL_WINDOWS = ['7', '30', '90'] as const;

export const RenewalsQuery = z.object({
  /** Days until the certificates expire. */
  within: z.enum(RENEWAL_WINDOWS).default('90'),
});

/** A certificate in force that expires soon. */
export const Renewal = z.object({
  serial: z.string(),
  name: z.string(),
  organization: z.string(),
  holder: RequestHolder,
  not_after: HttpDate,
  /** Whole days that are left. */
  days_left: z.number().int(),
  /** `same_key`: the site has the key, and it is certified again; `new_kit`: a kit with a new key. */
  way: z.enum(['same_key', 'new_kit']),
  /** Whether the requester can renew it; others of the organization only remind the holder. */
  renewable: z.boolean(),
});
export type Renewal = z.infer<typeof Renewal>;

/** The next to expire comes first. */
export const RenewalsResponse = z.object({ status: z.string(), renewals: z.array(Renewal) });
