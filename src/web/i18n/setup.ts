import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isLanguage, type Language } from '../../contract/languages.ts';
import { fetchCode } from '../api/fetch-code.ts';
import type { AllTexts, LaterTranslation, Translation } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: AllTexts };
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

interface Loads {
  /** Texts of the first view, and all that are not late. */
  readonly first: () => Promise<Translation>;
  readonly later: () => Promise<LaterTranslation>;
}

const LOAD: Readonly<Record<Language, Loads>> = {
  en: {
    first: async () => (await import('./en.ts')).en,
    later: async () => (await import('./en/later.ts')).later,
  },
  de: {
    first: async () => (await import('./de.ts')).de,
    later: async () => (await import('./de/later.ts')).later,
  },
  es: {
    first: async () => (await import('./es.ts')).es,
    later: async () => (await import('./es/later.ts')).later,
  },
  fr: {
    first: async () => (await import('./fr.ts')).fr,
    later: async () => (await import('./fr/later.ts')).later,
  },
  it: {
    first: async () => (await import('./it.ts')).it,
    later: async () => (await import('./it/later.ts')).later,
  },
};

/** Languages whose texts are all there. */
const complete = new Set<Language>();

/** Both have texts of some kinds, such as errors. */
const addLater = (language: Language, later: LaterTranslation): void => {
  i18next.addResourceBundle(language, 'translation', later, true);
  complete.add(language);
};

const complement = async (language: Language): Promise<void> => {
  if (!complete.has(language)) {
    addLater(language, await LOAD[language].later());
  }
};

/** Resolves when the texts of every page are there; before, only those of the first view are. */
export const allTexts = async (): Promise<void> => {
  const { language } = i18next;
  if (isLanguage(language)) {
    await complement(language);
  }
};

const announce = (language: Language): void => {
  document.documentElement.lang = language;
};

/**
 * Loads the texts of the person's language: the chosen one, else the browser's, else English.
 *
 * @param whole false where the page that is opened needs those of the first view alone
 */
export const startTexts = async (whole: boolean): Promise<void> => {
  const language = preferred();
  const [first, later] = await Promise.all([
    fetchCode(LOAD[language].first),
    whole ? fetchCode(LOAD[language].later) : undefined,
  ]);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: first } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  if (later !== undefined) {
    addLater(language, later);
  }
  announce(language);
};

/** Changes the page's language at once and remembers it in this browser. */
export const switchLanguage = async (language: Language): Promise<void> => {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await fetchCode(LOAD[language].first));
  }
  await fetchCode(() => complement(language));
  localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
  announce(language);
};
