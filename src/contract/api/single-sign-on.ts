import { z } from 'zod';

/** Ways to log in. */
export const LoginOptionsResponse = z.object({
  status: z.string(),
  /** Host of the identity provider; null without single sign-on. */
  provider: z.string().nullable(),
  /** False: only the first project admin logs in with a password. */
  local_passwords: z.boolean(),
});

export const SsoStartRequest = z.object({
  /** Path of the page to come back to. */
  return_to: z
    .string()
    .max(512)
    .regex(/^\/(?![/\\])[\w./~%-]*$/, 'is not a path of this dashboard')
    .default('/'),
  /** `confirm` asks for the password at the provider even where somebody is logged in there. */
  purpose: z.enum(['login', 'confirm']).default('login'),
});
export type SsoStartRequest = z.infer<typeof SsoStartRequest>;

/** Where the browser goes next. */
export const SsoStartResponse = z.object({ status: z.string(), location: z.string() });

/** Why somebody was denied, and what lets them ask again. */
export const SsoDenialResponse = z.object({ status: z.string(), reason: z.string(), challenge: z.string() });

/** State that the provider sends back; everything else in the address is for its library to judge. */
export const SsoCallbackQuery = z.looseObject({ state: z.string().max(512).optional() });
