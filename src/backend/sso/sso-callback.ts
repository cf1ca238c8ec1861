/** Where the provider sends browsers back to, below the address of the dashboard. */
export const SSO_CALLBACK = '/api/v1/login/sso/callback';
