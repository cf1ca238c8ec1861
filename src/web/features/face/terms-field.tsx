import { Anchor, Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BASE } from '../../api/base.ts';
import { PATHS } from '../../ui/page-list.ts';

interface TermsFieldProps {
  readonly version: string;
  readonly checked: boolean;
  readonly error: string | undefined;
  readonly onChange: (checked: boolean) => void;
}

/** Asks whoever signs up to accept the terms, which open beside the form. */
export const TermsField = ({ version, checked, error, onChange }: TermsFieldProps) => {
  const { t } = useTranslation();
  return (
    <>
      <Checkbox
        label={t('face.accept', { version })}
        checked={checked}
        error={error ?? null}
        onChange={(event) => {
          onChange(event.currentTarget.checked);
        }}
      />
      <Anchor href={`${BASE}${PATHS.about}`} target="_blank" rel="noopener" size="sm" underline="always">
        {t('face.readTerms')}
      </Anchor>
    </>
  );
};
