/** Languages of the page, in the order in which they are offered. */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'it'] as const;
export type Language = (typeof LANGUAGES)[number];

/** True for one of the page's languages; false for the empty text of somebody who has not chosen. */
export const isLanguage = (text: string | null | undefined): text is Language =>
  LANGUAGES.some((language) => language === text);

/** Languages of the e-mails. */
export const MAIL_LANGUAGES = ['en', 'de'] as const;
export type MailLanguage = (typeof MAIL_LANGUAGES)[number];
