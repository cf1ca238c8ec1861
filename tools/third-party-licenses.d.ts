import type { Plugin } from 'vite';

export const thirdPartyLicenses: Plugin;
