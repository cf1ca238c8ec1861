import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { accessTokensQuery } from '../../api/queries.ts';
import type { AccessToken } from '../../api/views.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
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
  return (
    <ConfirmDialog
      title={t('tokens.revokeTitle', { name: token.name })}
      submit={t('tokens.revoke')}
      action={() => responseOf(api.DELETE('/api/v1/tokens/{id}', { params: { path: { id: token.id } } }))}
      onDone={() => {
        outcome.done(t('tokens.revoked', { name: token.name }));
        void cache.invalidateQueries({ queryKey: accessTokensQuery.queryKey });
      }}
      onClose={onClose}
    >
      <Text size="sm">{t('tokens.revokeLead')}</Text>
    </ConfirmDialog>
  );
};
