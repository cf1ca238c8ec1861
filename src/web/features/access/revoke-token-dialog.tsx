import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import type { ListedToken, TokenKind } from './token-kind.ts';

interface RevokeTokenDialogProps {
  readonly kind: TokenKind;
  readonly token: ListedToken;
  readonly onClose: () => void;
}

/** Says what revoking a token stops, and does it. */
export const RevokeTokenDialog = ({ kind, token, onClose }: RevokeTokenDialogProps) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const outcome = useOutcome();
  return (
    <ConfirmDialog
      title={t('tokens.revokeTitle', { name: token.name })}
      submit={t('tokens.revoke')}
      action={() => kind.revoke(token.id)}
      onDone={() => {
        outcome.done(t('tokens.revoked', { name: token.name }));
        void cache.invalidateQueries({ queryKey: kind.queryKey });
      }}
      onClose={onClose}
    >
      <Text size="sm">{t('tokens.revokeLead')}</Text>
    </ConfirmDialog>
  );
};
