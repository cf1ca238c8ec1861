import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';

interface RejectDialogProps {
  readonly name: string;
  readonly onReject: (reason: string) => void;
  readonly onClose: () => void;
}

const MAX_REASON = 512;

/** Asks for the reason, which whoever submitted the request reads. */
export const RejectDialog = ({ name, onReject, onClose }: RejectDialogProps) => {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  return (
    <Dialog opened title={t('ownKey.rejectOf', { name })} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() === '') {
            setMissing(true);
            return;
          }
          onReject(reason.trim());
        }}
      >
        <Stack>
          <TextInput
            label={t('ownKey.reason')}
            maxLength={MAX_REASON}
            data-autofocus
            value={reason}
            error={missing ? t('ownKey.reasonMissing') : null}
            onChange={(event) => {
              setReason(event.currentTarget.value);
            }}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" color="red.9">
              {t('ownKey.reject')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};
