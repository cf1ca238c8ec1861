import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { ReasonField } from '../approvals/reason-field.tsx';
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
          <ReasonField value={reason} onChange={setReason} autoFocus />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" color="red.9">
              {t('approvals.deny')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};
