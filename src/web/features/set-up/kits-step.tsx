import { NativeSelect, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { TARGET_RELEASES } from '../../../contract/releases.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { KEY_BITS } from '../project/project-values.ts';
import { useReleaseChoices } from '../project/use-release-choices.ts';
import { StepActions } from './step-actions.tsx';
import type { StepProps } from './step.ts';
import { useSaveStep } from './use-save-step.ts';

/** Chooses the release that the sites run, and the size of the keys. */
export const KitsStep = ({ project, onDone }: StepProps) => {
  const { t } = useTranslation();
  const releases = useReleaseChoices();
  const form = useForm({
    initialValues: { target_release: project.target_release, key_bits: String(project.key_bits) },
  });
  const { save, saving, error } = useSaveStep(project, form, onDone);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => {
        const release = TARGET_RELEASES.find((known) => known === values.target_release);
        const bits = KEY_BITS.find((known) => String(known) === values.key_bits);
        save({
          ...(release === undefined ? {} : { target_release: release }),
          ...(bits === undefined ? {} : { key_bits: bits }),
        });
      })}
    >
      <Stack>
        {error ? <ProblemNote error={error} /> : null}
        <NativeSelect
          label={t('project.release')}
          description={t('setUp.releaseHint')}
          data={releases}
          {...form.getInputProps('target_release')}
        />
        <NativeSelect
          label={t('project.keyBits')}
          description={t('setUp.keyBitsHint')}
          data={KEY_BITS.map(String)}
          disabled={project.frozen}
          {...form.getInputProps('key_bits')}
        />
        <StepActions saving={saving} onSkip={onDone} />
      </Stack>
    </form>
  );
};
