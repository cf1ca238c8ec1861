import { NativeSelect, NumberInput, SimpleGrid } from '@mantine/core';
import { type UseFormReturnType as FormOf } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ENCRYPTION_POLICIES } from '../../../contract/zip-encryption.ts';
import type { Project } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { useReleaseChoices } from './use-release-choices.ts';
import { KEY_BITS, type ProjectValues } from './project-values.ts';

interface KitSettingsProps {
  readonly form: FormOf<ProjectValues>;
  /** True for a setting that cannot change any more. */
  readonly fixed: (setting: string) => boolean;
  /** Origin of the present release. */
  readonly origin: Project['target_release_origin'];
}

/** Shows how kits and certificates are made. */
export const KitSettings = ({ form, fixed, origin }: KitSettingsProps) => {
  const { t } = useTranslation();
  const releases = useReleaseChoices();
  return (
    <Card title={t('project.kits')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NativeSelect
          label={t('project.release')}
          description={t(`project.releaseOrigin.${origin}`)}
          data={releases}
          disabled={fixed('target_release')}
          {...form.getInputProps('target_release')}
        />
        <NativeSelect
          label={t('project.encryption')}
          description={t('project.encryptionHint')}
          data={ENCRYPTION_POLICIES.map((value) => ({ value, label: t(`project.encryptions.${value}`) }))}
          disabled={fixed('zip_encryption')}
          {...form.getInputProps('zip_encryption')}
        />
        <NativeSelect
          label={t('project.keyBits')}
          data={KEY_BITS.map(String)}
          disabled={fixed('key_bits')}
          {...form.getInputProps('key_bits')}
        />
        <span />
        <NumberInput
          label={t('project.rootDays')}
          min={1}
          max={36500}
          hideControls
          disabled={fixed('root_valid_days')}
          {...form.getInputProps('root_valid_days')}
        />
        <NumberInput
          label={t('project.leafDays')}
          min={1}
          max={3650}
          hideControls
          disabled={fixed('leaf_valid_days')}
          {...form.getInputProps('leaf_valid_days')}
        />
      </SimpleGrid>
    </Card>
  );
};
