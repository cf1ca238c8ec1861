import { isLanguage, type Language } from '../../contract/languages.ts';
import type { MailTexts } from './mail-content.ts';
import { de } from './texts/de.ts';
import { en } from './texts/en.ts';

export const MAIL_TEXTS: Readonly<Record<Language, MailTexts>> = { en, de };

/** A stored language; English for an unknown one. */
export const storedLanguage = (text: string): Language => (isLanguage(text) ? text : 'en');

/** The first of a browser's preferred languages (RFC 9110, 12.5.4) that there are texts in; empty for none. */
export const acceptedLanguage = (header: string | undefined): Language | '' =>
  (header ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find(isLanguage) ?? '';
