import { z } from 'zod';
import { Email } from '../names.ts';
import { HttpDate } from './response.ts';

export const ForgotPasswordRequest = z.object({ email: Email });

/** Token of a link that works once. */
export const LinkRequest = z.object({ token: z.string().max(128) });

export const ResetPasswordRequest = LinkRequest.extend({ password: z.string().max(1024) });

/** A link that a project admin hands over: `/reset-password#token=TOKEN`. */
export const PasswordLinkResponse = z.object({
  status: z.string(),
  token: z.string(),
  expires_at: HttpDate,
});
