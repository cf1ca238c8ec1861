import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import type { User } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

interface ResetFactorDialogProps {
  readonly user: User;
  readonly onClose: () => void;
}

/** Says what removing somebody's second factor means, and does it. */
export const ResetFactorDialog = ({ user, onClose }: ResetFactorDialogProps) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const outcome = useOutcome();
  const reset = useReportedMutation({
    mutationFn: () =>
      responseOf(api.DELETE('/api/v1/users/{id}/second-factor', { params: { path: { id: user.id } } })),
    onSuccess: async () => {
      outcome.done(t('factor.resetDone', { name: user.email }));
      await cache.invalidateQueries({ queryKey: ['users'] });
    },
  });
  return (
    <Dialog opened title={t('factor.resetTitle', { name: user.email })} onClose={onClose}>
      <Stack>
        <Text size="sm">{t('factor.resetLead')}</Text>
        {reset.isError ? <ProblemNote error={reset.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            color="red.9"
            loading={reset.isPending}
            onClick={() => {
              reset.mutate(undefined, { onSuccess: onClose });
            }}
          >
            {t('factor.reset')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
};
