/** Languages of the page and of the e-mails, in the order in which they are offered. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** True for one of the page's languages; false for the empty text of somebody who has not chosen. */
export const isLanguage = (text: string | null | undefined): text is Language =>
  LANGUAGES.some((language) => language === text);
