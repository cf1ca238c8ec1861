/** Roles that people can be invited to. */
export const INVITED_ROLES = ['member', 'lead', 'org_admin'] as const;

/** People of one request, and of one link. */
export const MAX_INVITED = 100;
export const MAX_INVITATION_DAYS = 90;
