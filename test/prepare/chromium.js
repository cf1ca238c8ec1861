/** Chromium without the parts that nobody sees, which does the same with a third less of the processor's time. */
export const CHROMIUM = '/usr/bin/chromium-headless-shell';
