import { Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useDraft } from '../../ui/forms/draft.ts';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { focusFirstInvalid } from '../../ui/forms/server-errors.ts';
import { useSession } from '../session/session-context.ts';
import { StepActions } from './step-actions.tsx';
import type { StepProps } from './step.ts';
import { useSaveStep } from './use-save-step.ts';

const Values = z.object({ short_name: z.string(), title: z.string(), contact: z.string() });

/** Names the project and whom people ask. */
export const ProjectStep = ({ project, onDone }: StepProps) => {
  const { t } = useTranslation();
  const check = useNameCheck();
  const { user } = useSession();
  const form = useForm({
    initialValues: Values.parse(project),
    validate: { short_name: (value) => (project.frozen ? null : check('shortName', value)) },
  });
  useDraft(`set-up-project:${user?.id ?? 0}`, form, Values);
  const { save, saving, error } = useSaveStep(project, form, onDone);
  return (
    <form noValidate onSubmit={form.onSubmit(save, focusFirstInvalid)}>
      <Stack>
        <FormProblem error={error} fields={Object.keys(form.errors)} />
        <TextInput
          label={t('project.shortName')}
          description={t('project.shortNameHint')}
          readOnly={project.frozen}
          required
          {...form.getInputProps('short_name')}
        />
        <TextInput label={t('project.projectTitle')} {...form.getInputProps('title')} />
        <TextInput
          label={t('face.contact')}
          description={t('face.contactHint')}
          {...form.getInputProps('contact')}
        />
        <StepActions saving={saving} onSkip={onDone} />
      </Stack>
    </form>
  );
};
