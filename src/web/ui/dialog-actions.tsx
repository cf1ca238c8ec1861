import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface DialogActionsProps {
  readonly submit: string;
  readonly loading: boolean;
  readonly disabled?: boolean;
  readonly onCancel: () => void;
}

/** The way back and the way on, at the end of a dialog's form. */
export const DialogActions = ({ submit, loading, disabled = false, onCancel }: DialogActionsProps) => {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
      <Button type="submit" loading={loading} disabled={disabled}>
        {submit}
      </Button>
    </Group>
  );
};
