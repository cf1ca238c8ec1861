import { NumberInput, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface SiteValues {
  readonly name: string;
  readonly gpus: number | string;
  readonly memory: number | string;
}

interface SiteFieldsProps {
  readonly values: SiteValues;
  readonly onChange: (values: SiteValues) => void;
  readonly errors: Readonly<Partial<Record<keyof SiteValues, string | null>>>;
}

/** Name and capacity of one site. */
export const SiteFields = ({ values, onChange, errors }: SiteFieldsProps) => {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }}>
      <TextInput
        label={t('signUp.siteName')}
        value={values.name}
        error={errors.name}
        onChange={(event) => {
          onChange({ ...values, name: event.currentTarget.value });
        }}
      />
      <NumberInput
        label={t('signUp.gpus')}
        value={values.gpus}
        error={errors.gpus}
        min={0}
        max={1024}
        allowDecimal={false}
        hideControls
        onChange={(gpus) => {
          onChange({ ...values, gpus });
        }}
      />
      <NumberInput
        label={t('signUp.memory')}
        value={values.memory}
        error={errors.memory}
        min={0}
        max={65535}
        allowDecimal={false}
        hideControls
        onChange={(memory) => {
          onChange({ ...values, memory });
        }}
      />
    </SimpleGrid>
  );
};
