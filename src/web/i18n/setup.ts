import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isLanguage, type Language } from '../../contract/languages.ts';
import type { en, Translation } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** Each language in its own words. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  it: 'Italiano',
};

const STORED = 'dashboard-language';

const preferred = (): Language => {
  const stored = localStorage.getItem(STORED);
  if (isLanguage(stored)) {
    return stored;
  }
  return navigator.languages.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
};

const LOAD: Readonly<Record<Language, () => Promise<Translation>>> = {
  en: async () => (await import('./en.ts')).en,
  de: async () => (await import('./de.ts')).de,
  es: async () => (await import('./es.ts')).es,
  fr: async () => (await import('./fr.ts')).fr,
  it: async () => (await import('./it.ts')).it,
};

const announce = (language: Language): void => {
  document.documentElement.lang = language;
};

/** Loads the texts of the person's language: the chosen one, else the browser's, else English. */
export const startTexts = async (): Promise<void> => {
  const language = preferred();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: await LOAD[language]() } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  announce(language);
};

/** Changes the page's language at once and remembers it in this browser. */
export const switchLanguage = async (language: Language): Promise<void> => {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await LOAD[language]());
  }
  localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
  announce(language);
};
