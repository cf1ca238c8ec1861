import { DateInput, DatesProvider } from '@mantine/dates';
import '@mantine/dates/styles.css';
import 'dayjs/locale/de';
import 'dayjs/locale/es';
import 'dayjs/locale/fr';
import 'dayjs/locale/it';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLanguage, type Language } from '../../contract/languages.ts';

interface DateFieldProps {
  readonly label: string;
  /** YYYY-MM-DD, or null. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly disabled: boolean;
  readonly error?: string;
}

/** Written forms of a day, as the language names its parts and as dayjs does. */
const FORMS: Readonly<Record<Language, { readonly form: string; readonly format: string }>> = {
  en: { form: 'YYYY-MM-DD', format: 'YYYY-MM-DD' },
  de: { form: 'TT.MM.JJJJ', format: 'DD.MM.YYYY' },
  es: { form: 'DD/MM/AAAA', format: 'DD/MM/YYYY' },
  fr: { form: 'JJ/MM/AAAA', format: 'DD/MM/YYYY' },
  it: { form: 'GG/MM/AAAA', format: 'DD/MM/YYYY' },
};

/** A day, typed or picked; weeks begin as the language has it. */
export const DateField = ({ label, value, onChange, disabled, error }: DateFieldProps) => {
  const { t, i18n } = useTranslation();
  const { form, format } = isLanguage(i18n.language) ? FORMS[i18n.language] : FORMS.en;
  const [wrong, setWrong] = useState(false);
  const parse = (text: string) => parseDay(text, format);
  const shownError = wrong ? t('check.date', { form }) : error;
  return (
    <DatesProvider settings={{ locale: i18n.language, firstDayOfWeek: 1 }}>
      <DateInput
        label={label}
        value={value}
        onChange={onChange}
        disabled={disabled}
        valueFormat={format}
        dateParser={parse}
        placeholder={form}
        fixOnBlur={false}
        onBlur={(event) => {
          const typed = event.currentTarget.value.trim();
          setWrong(typed !== '' && parse(typed) === null);
        }}
        clearable
        clearButtonProps={{ 'aria-label': t('common.clear') }}
        {...(shownError ? { error: shownError } : {})}
        ariaLabels={{
          previousMonth: t('common.previousMonth'),
          nextMonth: t('common.nextMonth'),
          monthLevelControl: t('common.chooseMonth'),
          yearLevelControl: t('common.chooseYear'),
        }}
      />
    </DatesProvider>
  );
};

const parseDay = (text: string, format: string): string | null => {
  // In English, day and month of 01/12/2027 could be either; it is asked for another form.
  const dotted =
    format === 'YYYY-MM-DD' ? /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/ : /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/;
  const [, day = '', month = '', year = ''] = dotted.exec(text) ?? [];
  const iso = year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(Date.parse(iso)) ? iso : null;
};
