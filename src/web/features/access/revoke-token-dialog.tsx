import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answered, api } from '../../api/client.ts';
import { accessTokensQuery } from '../../api/queries.ts';
import type { AccessToken } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';

interface RevokeTokenDialogProps {
  readonly token: AccessToken;
  readonly onClose: () => void;
}

/** Says what revoking a token stops, and does it. */
export const RevokeTokenDialog = ({ token, onClose }: RevokeTokenDialogProps) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const outcome = useOutcome();
  const revoke = useMutation({
    mutationFn: () => answered(api.DELETE('/api/v1/tokens/{id}', { params: { path: { id: token.id } } })),
    onSuccess: async () => {
      outcome.done(t('tokens.revoked', { name: token.name }));
      onClose();
      await cache.invalidateQueries({ queryKey: accessTokensQuery.queryKey });
    },
  });
  return (
    <Dialog opened title={t('tokens.revokeTitle', { name: token.name })} onClose={onClose}>
      <Stack>
        <Text size="sm">{t('tokens.revokeLead')}</Text>
        {revoke.isError ? <ProblemNote error={revoke.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            color="red.9"
            loading={revoke.isPending}
            onClick={() => {
              revoke.mutate();
            }}
          >
            {t('tokens.revoke')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
};
