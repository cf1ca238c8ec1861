import { useTranslation } from 'react-i18next';
import { isLanguage, type Language } from '../../contract/languages.ts';

interface Formats {
  /** Day, time and zone of an HTTP date or ISO time; the text itself when it is neither. */
  readonly moment: (text: string) => string;
  /** As `moment`, to the second. */
  readonly second: (text: string) => string;
  readonly day: (text: string) => string;
  readonly number: (value: number) => string;
}

const withDate = (text: string, format: Intl.DateTimeFormat): string => {
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : format.format(time);
};

/** Made when first wanted: each takes longer than a whole row of a table. */
const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const MOMENT = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
} as const;

const formatsOf = (locale: string): Formats => {
  const moments = once(() => new Intl.DateTimeFormat(locale, MOMENT));
  const seconds = once(() => new Intl.DateTimeFormat(locale, { ...MOMENT, second: '2-digit' }));
  const days = once(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }));
  const numbers = once(() => new Intl.NumberFormat(locale));
  return {
    moment: (text) => withDate(text, moments()),
    second: (text) => withDate(text, seconds()),
    day: (text) => withDate(text, days()),
    number: (value) => numbers().format(value),
  };
};

const LOCALES: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  de: 'de-DE',
  es: 'es-ES',
  fr: 'fr-FR',
  it: 'it-IT',
};

const known = new Map<string, Formats>();

/** Formats of times and numbers in the page's language; the same object for the same language. */
export const useFormats = (): Formats => {
  const { language } = useTranslation().i18n;
  const locale = isLanguage(language) ? LOCALES[language] : LOCALES.en;
  const formats = known.get(locale) ?? formatsOf(locale);
  known.set(locale, formats);
  return formats;
};
