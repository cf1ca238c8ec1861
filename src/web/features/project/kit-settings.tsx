import { NativeSelect, NumberInput, SimpleGrid } from '@mantine/core';
import { type UseFormReturnType as FormOf } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { TARGET_RELEASES } from '../../../contract/releases.ts';
import { Card } from '../../ui/card.tsx';
import { ENCRYPTIONS, KEY_BITS, type ProjectValues } from './project-values.ts';

interface KitSettingsProps {
  readonly form: FormOf<ProjectValues>;
  readonly disabled: boolean;
}

/** How kits and certificates are made. */
export const KitSettings = ({ form, disabled }: KitSettingsProps) => {
  const { t } = useTranslation();
  return (
    <Card title={t('project.kits')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NativeSelect
          label={t('project.release')}
          data={[...TARGET_RELEASES]}
          disabled={disabled}
          {...form.getInputProps('target_release')}
        />
        <NativeSelect
          label={t('project.encryption')}
          data={ENCRYPTIONS.map((value) => ({ value, label: t(`project.${value}`) }))}
          disabled={disabled}
          {...form.getInputProps('zip_encryption')}
        />
        <NativeSelect
          label={t('project.keyBits')}
          data={KEY_BITS.map(String)}
          disabled={disabled}
          {...form.getInputProps('key_bits')}
        />
        <span />
        <NumberInput
          label={t('project.rootDays')}
          min={1}
          max={36500}
          hideControls
          disabled={disabled}
          {...form.getInputProps('root_valid_days')}
        />
        <NumberInput
          label={t('project.leafDays')}
          min={1}
          max={3650}
          hideControls
          disabled={disabled}
          {...form.getInputProps('leaf_valid_days')}
        />
      </SimpleGrid>
    </Card>
  );
};
