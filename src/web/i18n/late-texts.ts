import i18next from 'i18next';
import { isLanguage, type Language } from '../../contract/languages.ts';
import type { late } from './en/late.ts';

type Shape<T> = { readonly [K in keyof T]: T[K] extends string ? string : Shape<T[K]> };

const LOAD: Readonly<Record<Language, () => Promise<Shape<typeof late>>>> = {
  en: async () => (await import('./en/late.ts')).late,
  de: async () => (await import('./de/late.ts')).late,
  es: async () => (await import('./es/late.ts')).late,
  fr: async () => (await import('./fr/late.ts')).late,
  it: async () => (await import('./it/late.ts')).late,
};

/** Adds the texts that the first view does without. */
export const loadLateTexts = async (language: Language): Promise<void> => {
  i18next.addResourceBundle(language, 'translation', await LOAD[language](), true, false);
};

/** Loads code together with the texts that it shows. */
export const withLateTexts =
  <T>(load: () => Promise<T>): (() => Promise<T>) =>
  async () => {
    const [code] = await Promise.all([
      load(),
      isLanguage(i18next.language) ? loadLateTexts(i18next.language) : undefined,
    ]);
    return code;
  };
