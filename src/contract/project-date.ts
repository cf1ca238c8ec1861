import { z } from 'zod';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH = MONTHS.join('|');
const WEEKDAY = 'Mon|Tue|Wed|Thu|Fri|Sat|Sun';
const TIME = String.raw`\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?`;

const ISO = String.raw`(?<y1>\d{4})-(?<m1>\d{2})-(?<d1>\d{2})(?:[T ]${TIME}(?:Z|[+-]\d{2}:?\d{2})?)?`;
/** `Date.toDateString`, which NVIDIA's page sends. */
const DATE_STRING = String.raw`(?:(?:${WEEKDAY}),? )?(?<m2>${MONTH}) (?<d2>\d{1,2}),? (?<y2>\d{4})`;
const HTTP_DATE = String.raw`(?:${WEEKDAY}), (?<d3>\d{2}) (?<m3>${MONTH}) (?<y3>\d{4}) ${TIME} GMT`;
const SLASHES = String.raw`(?<m4>\d{1,2})/(?<d4>\d{1,2})/(?<y4>\d{4})`;

/** Names the parts differently in each form, because JavaScript wants them unique. */
const FORMS = new RegExp(`^(?:${ISO}|${DATE_STRING}|${HTTP_DATE}|${SLASHES})$`);

const exists = (text: string): boolean => {
  const groups = FORMS.exec(text)?.groups ?? {};
  const part = (letter: string) =>
    ['1', '2', '3', '4'].map((form) => groups[`${letter}${form}`]).find((found) => found !== undefined) ?? '';
  const named = MONTHS.indexOf(part('m')) + 1;
  const month = named === 0 ? Number(part('m')) : named;
  const [year, day] = [Number(part('y')), Number(part('d'))];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** First or last day of the project, kept as it was sent; empty for none. */
export const ProjectDate = z
  .string()
  .max(128, 'is longer than 128 characters')
  .refine((text) => text === '' || exists(text), 'is not a date such as 2026-11-23 or Mon Nov 23 2026')
  .meta({ description: 'Empty, ISO 8601, or a day such as "Mon Nov 23 2026" or "11/23/2026"; kept as sent' });
