import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface TypedConfirmationProps {
  /** Text that has to be typed. */
  readonly expected: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A field whose content must match before something that cannot be undone. */
export const TypedConfirmation = ({ expected, value, onChange }: TypedConfirmationProps) => {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('common.typeToConfirm', { text: expected })}
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
};
