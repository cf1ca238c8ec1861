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

const Values = z.object({ server1: z.string() });

/** Names the host on which the FL server runs. */
export const ServerStep = ({ project, onDone }: StepProps) => {
  const { t } = useTranslation();
  const check = useNameCheck();
  const { user } = useSession();
  const form = useForm({
    initialValues: Values.parse(project),
    validate: { server1: (value) => (project.frozen ? null : check('host', value)) },
  });
  useDraft(`set-up-server:${user?.id ?? 0}`, form, Values);
  const { save, saving, error } = useSaveStep(project, form, onDone);
  return (
    <form noValidate onSubmit={form.onSubmit(save, focusFirstInvalid)}>
      <Stack>
        <FormProblem error={error} fields={Object.keys(form.errors)} />
        <TextInput
          label={t('server.host')}
          description={t('setUp.serverHint')}
          readOnly={project.frozen}
          required
          {...form.getInputProps('server1')}
        />
        <StepActions saving={saving} onSkip={onDone} />
      </Stack>
    </form>
  );
};
