import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';
import { ProblemNote } from './errors/problem-note.tsx';
import { useReportedMutation } from './use-reported-mutation.ts';

interface ConfirmDialogProps {
  readonly title: string;
  /** Text of the button, which says its effect. */
  readonly submit: string;
  /** Red for what cannot be undone. */
  readonly color?: 'red.9' | 'pine';
  /** False until what the dialog asks for is given. */
  readonly ready?: boolean;
  /** Rejects where it failed: the dialog then says why. */
  readonly action: () => Promise<unknown>;
  /** Called once it is done, before the dialog closes. */
  readonly onDone: () => unknown;
  readonly onClose: () => void;
  /** Description of the effect. */
  readonly children: ReactNode;
}

/** Asks before something is done; stays open with the reason when it fails. */
export const ConfirmDialog = ({
  title,
  submit,
  color = 'red.9',
  ready = true,
  action,
  onDone,
  onClose,
  children,
}: ConfirmDialogProps) => {
  const { t } = useTranslation();
  const confirm = useReportedMutation({
    mutationFn: action,
    onSuccess: () => {
      onDone();
    },
  });
  return (
    <Dialog opened title={title} onClose={onClose}>
      <Stack>
        {confirm.isError ? <ProblemNote error={confirm.error} /> : null}
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            color={color}
            loading={confirm.isPending}
            disabled={!ready}
            onClick={() => {
              // Not called once this dialog is gone: another one may be open by then.
              confirm.mutate(undefined, { onSuccess: onClose });
            }}
          >
            {submit}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
};
