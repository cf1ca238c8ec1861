import { MAIL_LANGUAGES, type MailLanguage } from '../../contract/languages.ts';
import type { MailTexts } from './mail-content.ts';
import { de } from './texts/de.ts';
import { en } from './texts/en.ts';

export const MAIL_TEXTS: Readonly<Record<MailLanguage, MailTexts>> = { en, de };

const isMailLanguage = (text: string): text is MailLanguage =>
  MAIL_LANGUAGES.some((language) => language === text);

/** Language of the e-mails to somebody with a stored language; English for one without texts. */
export const storedLanguage = (text: string): MailLanguage => (isMailLanguage(text) ? text : 'en');

/** The first of a browser's preferred languages (RFC 9110, 12.5.4) that there are texts in; empty for none. */
export const acceptedLanguage = (header: string | undefined): MailLanguage | '' =>
  (header ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find(isMailLanguage) ?? '';
