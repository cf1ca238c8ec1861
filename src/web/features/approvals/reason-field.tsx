import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const MAX = 512;

interface ReasonFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoFocus?: boolean;
}

/** The reason of a denial, which the applicant reads; says how much room is left. */
export const ReasonField = ({ value, onChange, autoFocus = false }: ReasonFieldProps) => {
  const { t } = useTranslation();
  return (
    <Textarea
      label={t('approvals.reason')}
      description={t('approvals.reasonLeft', { count: MAX - value.length })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      maxLength={MAX}
      autosize
      minRows={2}
      {...(autoFocus ? { 'data-autofocus': true } : {})}
      value={value}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
};
