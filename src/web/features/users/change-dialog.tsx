import { Button, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { User, UserChange } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { TypedConfirmation } from '../../ui/forms/typed-confirmation.tsx';
import { ValidKits } from '../approvals/valid-kits.tsx';
import { useChangeUser } from './use-change-user.ts';

interface ChangeDialogProps {
  readonly user: User;
  readonly change: UserChange;
  readonly title: string;
  readonly submit: string;
  readonly done: string;
  /** True asks for the person's e-mail before. */
  readonly typed?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Asks before a user is changed in a way that reaches further than the table shows. */
export const ChangeDialog = ({
  user,
  change,
  title,
  submit,
  done,
  typed = false,
  onClose,
  children,
}: ChangeDialogProps) => {
  const { t } = useTranslation();
  const changeUser = useChangeUser();
  const outcome = useOutcome();
  const [email, setEmail] = useState('');
  const apply = useMutation({
    mutationFn: () => changeUser(user, change),
    onSuccess: () => {
      outcome.done(done);
      onClose();
    },
  });
  return (
    <Dialog opened title={title} onClose={onClose}>
      <Stack>
        {apply.isError ? <ProblemNote error={apply.error} /> : null}
        {children}
        <ValidKits subjects={[{ name: user.email, downloads: user.download_count }]} />
        {typed ? <TypedConfirmation expected={user.email} value={email} onChange={setEmail} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            loading={apply.isPending}
            disabled={typed && email !== user.email}
            onClick={() => {
              apply.mutate();
            }}
          >
            {submit}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
};
