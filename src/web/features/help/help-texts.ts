import type { Language } from '../../../contract/languages.ts';
import type { Role } from '../../../contract/roles.ts';

/** The texts of the help page; fetched with it, so that no other page carries them. */
export interface HelpTexts {
  readonly lead: string;
  readonly yourWay: string;
  readonly others: string;
  /** For each role, and for those without one, what to do in which order. */
  readonly ways: Readonly<Record<Role | 'stranger', readonly string[]>>;
  readonly strangers: string;
  readonly terms: string;
  readonly glossary: readonly (readonly [term: string, meaning: string])[];
  readonly keys: string;
  readonly keysLead: string;
  readonly news: string;
  readonly newsLead: string;
}

const LOAD: Readonly<Record<Language, () => Promise<HelpTexts>>> = {
  en: async () => (await import('./en.ts')).help,
  de: async () => (await import('./de.ts')).help,
  es: async () => (await import('./es.ts')).help,
  fr: async () => (await import('./fr.ts')).help,
  it: async () => (await import('./it.ts')).help,
};

/** Fetches the help in one language. */
export const loadHelp = (language: Language): Promise<HelpTexts> => LOAD[language]();
