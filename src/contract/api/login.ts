import { z } from 'zod';

export const LoginRequest = z.object({ email: z.string().max(254), password: z.string().max(1024) });

export const LoginResponse = z.object({
  status: z.string(),
  user: z.object({ id: z.number().int(), email: z.string(), role: z.string() }),
  /** Absent for the page, which has it in a cookie that no script can read. */
  access_token: z.string().optional(),
  /** The seeded password has to be changed first. */
  must_change_password: z.boolean(),
});

/** Response to programs. */
export const ProgramLoginResponse = LoginResponse.required({ access_token: true });

/** A new password: 8 characters or more, and not one of the common ones (checked by the service). */
export const NewPassword = z
  .string()
  .min(8, 'is shorter than 8 characters')
  .max(1024, 'is longer than 1024 characters');
