import { z } from 'zod';

/** What a look at a service of others found: the mail server, the OpenID provider. */
export const ServiceFinding = z.object({
  check: z.enum(['mail server', 'identity provider', 'sso client', 'sso redirect', 'sso clock']),
  level: z.enum(['ok', 'warn', 'fail']),
  text: z.string(),
  /** Advice; absent where all is well. */
  fix: z.string().optional(),
});
export type ServiceFinding = Readonly<z.infer<typeof ServiceFinding>>;

export const ServiceFindings = z.array(ServiceFinding);
