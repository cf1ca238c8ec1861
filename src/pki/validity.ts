const DAY = 86_400_000;

const wholeSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000);

/** Returns a validity from `now` for the given days, rounded to the second as certificates count. */
export const validityFrom = (
  now: Date,
  days: number,
): { readonly notBefore: Date; readonly notAfter: Date } => {
  const notBefore = wholeSecond(now);
  return { notBefore, notAfter: new Date(notBefore.getTime() + days * DAY) };
};
