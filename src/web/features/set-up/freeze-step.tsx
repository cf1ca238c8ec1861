import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FreezeForm } from '../freeze/freeze-form.tsx';
import type { StepProps } from './step.ts';

/** Freezes the project, or leaves it for later. */
export const FreezeStep = ({ project, onDone }: StepProps) => {
  const { t } = useTranslation();
  return (
    <Stack>
      <Text>{project.frozen ? t('setUp.frozen') : t('setUp.freezeLead')}</Text>
      {project.frozen ? null : <FreezeForm project={project} />}
      <Group justify="flex-end">
        <Button variant={project.frozen ? 'filled' : 'default'} onClick={onDone}>
          {project.frozen ? t('common.next') : t('setUp.skip')}
        </Button>
      </Group>
    </Stack>
  );
};
