import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface StepActionsProps {
  readonly saving: boolean;
  readonly onSkip: () => void;
}

/** The way on, with or without what stands in the step's form. */
export const StepActions = ({ saving, onSkip }: StepActionsProps) => {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onSkip}>
        {t('setUp.skip')}
      </Button>
      <Button type="submit" loading={saving}>
        {t('setUp.next')}
      </Button>
    </Group>
  );
};
