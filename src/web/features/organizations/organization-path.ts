/** Address of an organization's page. */
export const organizationPath = (name: string): string => `/organizations/${encodeURIComponent(name)}`;
