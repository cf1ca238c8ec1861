/** The four roles of a FLARE project, as they appear in console certificates. */
export const ROLES = ['project_admin', 'org_admin', 'lead', 'member'] as const;
export type Role = (typeof ROLES)[number];

/** True for one of the four roles; false for the empty role of an unfinished sign-up. */
export const isRole = (text: string): text is Role => ROLES.some((role) => role === text);
