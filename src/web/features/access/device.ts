/** A browser or program and its system, as short as people call them; empty where the name does not say. */
export interface Device {
  readonly program: string;
  readonly system: string;
}

/** The first that fits counts: most browsers also name those they descend from. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|Chromium|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*Safari\//, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Macintosh|Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
];

const first = (list: typeof BROWSERS, text: string): string =>
  list.find(([pattern]) => pattern.test(text))?.[1] ?? '';

/** Reads the header `User-Agent`; a program that is no browser is called by its first word. */
export const deviceOf = (userAgent: string): Device => ({
  program: first(BROWSERS, userAgent) || (/^[\w.-]+/.exec(userAgent)?.[0] ?? '').replace(/^Mozilla$/, ''),
  system: first(SYSTEMS, userAgent),
});
