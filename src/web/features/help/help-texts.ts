import type { Language } from '../../../contract/languages.ts';
import type { HelpTexts } from './help-content.ts';

const LOAD: Readonly<Record<Language, () => Promise<HelpTexts>>> = {
  en: async () => (await import('./en.ts')).help,
  de: async () => (await import('./de.ts')).help,
  es: async () => (await import('./es.ts')).help,
  fr: async () => (await import('./fr.ts')).help,
  it: async () => (await import('./it.ts')).help,
};

/** Fetches the help in one language. */
export const loadHelp = (language: Language): Promise<HelpTexts> => LOAD[language]();
