import { z } from 'zod';
import { INVITED_ROLES, MAX_INVITATION_DAYS, MAX_INVITED } from '../invitation-limits.ts';
import { MAIL_LANGUAGES } from '../languages.ts';
import { Email, OrganizationName } from '../names.ts';
import { HttpDate } from './response.ts';

const DEFAULT_DAYS = 14;

export const InvitationDays = z.number().int().min(1).max(MAX_INVITATION_DAYS).default(DEFAULT_DAYS);

/** One invitation for each e-mail; without e-mails one link for `uses` people of the organization. */
export const InvitationsCreate = z.object({
  emails: z.array(Email).min(1).max(MAX_INVITED).optional(),
  uses: z.number().int().min(1).max(MAX_INVITED).optional(),
  organization: OrganizationName,
  role: z.enum(INVITED_ROLES),
  expires_in_days: InvitationDays,
  /** Of the e-mails; by default that of the project admin. */
  language: z.enum(MAIL_LANGUAGES).optional(),
});
export type InvitationsCreate = z.infer<typeof InvitationsCreate>;

export const InvitationView = z.object({
  id: z.string(),
  /** Empty for a link that anybody may use. */
  email: z.string(),
  organization: z.string(),
  role: z.enum(INVITED_ROLES),
  /** E-mail of the project admin. */
  invited_by: z.string(),
  created_at: HttpDate,
  expires_at: HttpDate,
  expired: z.boolean(),
  uses_left: z.number().int(),
  /** E-mails of those who signed up with it. */
  accepted_by: z.array(z.string()),
});
export type InvitationView = z.infer<typeof InvitationView>;

/** `token` is in this response only; the page's link is `/sign-up#invitation=TOKEN`. */
export const NewInvitation = InvitationView.extend({
  token: z.string(),
  /** An e-mail with the link is on its way. */
  mailed: z.boolean(),
});
export type NewInvitation = z.infer<typeof NewInvitation>;

export const InvitationsResponse = z.object({
  status: z.string(),
  invitations: z.array(InvitationView),
  total: z.number().int(),
});
export const NewInvitationsResponse = z.object({
  status: z.string(),
  invitations: z.array(NewInvitation),
});
export const InvitationRenew = z.object({ expires_in_days: InvitationDays });
export const InvitationParam = z.object({ id: z.string().max(64) });
export const InvitationCheck = z.object({ token: z.string().max(128) });
export const InvitationCheckResponse = z.object({
  status: z.string(),
  email: z.string(),
  organization: z.string(),
  role: z.enum(INVITED_ROLES),
});
