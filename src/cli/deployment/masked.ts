import { divideEnvironment } from '../settings/backend-environment.ts';

/** Shown instead of a value that may be secret. */
export const HIDDEN = '(hidden)';

/** The value of an environment variable as a person may see it. */
export const maskedValue = (name: string, value: string | undefined): string | undefined =>
  value === undefined ? undefined : (divideEnvironment(new Map([[name, value]])).plain[name] ?? HIDDEN);
