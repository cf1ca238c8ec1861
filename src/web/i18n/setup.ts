import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { en } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = 'dashboard-language';

const isLanguage = (text: string | null | undefined): text is Language =>
  LANGUAGES.some((language) => language === text);

const preferred = (): Language => {
  const stored = localStorage.getItem(STORED);
  if (isLanguage(stored)) {
    return stored;
  }
  return navigator.languages.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
};

const load = async (language: Language) =>
  language === 'de' ? (await import('./de.ts')).de : (await import('./en.ts')).en;

const announce = (language: Language): void => {
  document.documentElement.lang = language;
};

/** Loads the texts of the person's language: the chosen one, else the browser's, else English. */
export const startTexts = async (): Promise<void> => {
  const language = preferred();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: await load(language) } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  announce(language);
};

/** Changes the page's language at once and remembers it. */
export const chooseLanguage = async (language: Language): Promise<void> => {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await load(language));
  }
  localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
  announce(language);
};
