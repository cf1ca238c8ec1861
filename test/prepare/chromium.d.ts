/** See chromium.js. */
export const CHROMIUM: string;
