import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';

interface ObjectionDialogProps {
  readonly name: string;
  readonly onObject: (reason: string) => void;
  readonly onClose: () => void;
}

const MAX_REASON = 512;

/** Asks for the reason, which the project admin reads. */
export const ObjectionDialog = ({ name, onObject, onClose }: ObjectionDialogProps) => {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <Dialog opened title={t('objections.objectTo', { name })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onObject(reason.trim());
        }}
      >
        <Stack>
          <Textarea
            label={t('objections.reason')}
            maxLength={MAX_REASON}
            autosize
            minRows={2}
            data-autofocus
            value={reason}
            onChange={(event) => {
              setReason(event.currentTarget.value);
            }}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" color="red.9">
              {t('objections.object')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};
