import { Button, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import type { Request } from './requests.ts';

interface DenyDialogProps {
  readonly request: Request;
  readonly onClose: () => void;
  readonly onDeny: (reason: string) => void;
}

/** Asks for the reason that the applicant will read. */
export const DenyDialog = ({ request, onClose, onDeny }: DenyDialogProps) => {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <Dialog opened title={t('inbox.denyTitle', { name: request.name })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onDeny(reason);
        }}
      >
        <Stack>
          <Textarea
            label={t('approvals.reason')}
            data-autofocus
            maxLength={512}
            minRows={2}
            autosize
            value={reason}
            onChange={(event) => {
              setReason(event.currentTarget.value);
            }}
          />
          <Button type="submit" color="red.9">
            {t('approvals.deny')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
};
