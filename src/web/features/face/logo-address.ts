import { BASE } from '../../api/base.ts';

/** Returns the address of the project's logo. @param logo changes with it */
export const logoAddress = (logo: string): string =>
  `${BASE}/api/v1/project/logo?v=${encodeURIComponent(logo)}`;
