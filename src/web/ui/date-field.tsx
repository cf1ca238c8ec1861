import { DateInput, DatesProvider } from '@mantine/dates';
import '@mantine/dates/styles.css';
import 'dayjs/locale/de';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface DateFieldProps {
  readonly label: string;
  /** YYYY-MM-DD, or null. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly disabled: boolean;
  readonly error?: string;
}

/** A day, typed or picked; weeks begin as the language has it. */
export const DateField = ({ label, value, onChange, disabled, error }: DateFieldProps) => {
  const { t, i18n } = useTranslation();
  const form = i18n.language === 'de' ? 'TT.MM.JJJJ' : 'YYYY-MM-DD';
  const [wrong, setWrong] = useState(false);
  const shownError = wrong ? t('check.date', { form }) : error;
  return (
    <DatesProvider settings={{ locale: i18n.language, firstDayOfWeek: 1 }}>
      <DateInput
        label={label}
        value={value}
        onChange={onChange}
        disabled={disabled}
        valueFormat={i18n.language === 'de' ? 'DD.MM.YYYY' : 'YYYY-MM-DD'}
        dateParser={parseDay}
        placeholder={form}
        fixOnBlur={false}
        onBlur={(event) => {
          const typed = event.currentTarget.value.trim();
          setWrong(typed !== '' && parseDay(typed) === null);
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

const parseDay = (text: string): string | null => {
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const iso = german
    ? `${german[3] ?? ''}-${(german[2] ?? '').padStart(2, '0')}-${(german[1] ?? '').padStart(2, '0')}`
    : text;
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(Date.parse(iso)) ? iso : null;
};
