import { Button, Group, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { NewTokenDialog } from './new-token-dialog.tsx';
import { RevokeTokenDialog } from './revoke-token-dialog.tsx';
import type { ListedToken, TokenKind } from './token-kind.ts';

interface TokensTableProps {
  readonly kind: TokenKind;
  readonly tokens: readonly ListedToken[];
  readonly onRevoke: (token: ListedToken) => void;
}

const TokensTable = ({ kind, tokens, onRevoke }: TokensTableProps) => {
  const { t } = useTranslation();
  const { day, moment } = useFormats();
  const isOfProject = kind.texts === 'projectTokens';
  return (
    <div className="scroll-x" role="group" aria-label={t(`${kind.texts}.title`)} tabIndex={0}>
      <Table miw={560} className="cards">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('tokens.name')}</Table.Th>
            <Table.Th scope="col">{t('tokens.scopes')}</Table.Th>
            {isOfProject ? <Table.Th scope="col">{t('projectTokens.createdBy')}</Table.Th> : null}
            <Table.Th scope="col">{t('tokens.expires')}</Table.Th>
            <Table.Th scope="col">{t('tokens.used')}</Table.Th>
            <Table.Th scope="col">{t('common.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tokens.map((token) => (
            <Table.Tr key={token.id}>
              <Table.Td data-label={t('tokens.name')}>{token.name}</Table.Td>
              <Table.Td data-label={t('tokens.scopes')}>{token.scopes.join(', ')}</Table.Td>
              {isOfProject ? (
                <Table.Td data-label={t('projectTokens.createdBy')}>{token.created_by}</Table.Td>
              ) : null}
              <Table.Td data-label={t('tokens.expires')} className="whole">
                {token.expired ? t('tokens.expired') : day(token.expires_at)}
              </Table.Td>
              <Table.Td data-label={t('tokens.used')} className="whole">
                {token.last_used_at === null ? t('tokens.never') : moment(token.last_used_at)}
              </Table.Td>
              <Table.Td data-label={t('common.actions')}>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={t('tokens.revokeWhat', { name: token.name })}
                  onClick={() => {
                    onRevoke(token);
                  }}
                >
                  {t('tokens.revoke')}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
};

/** Access tokens of one kind: generated, shown once, revoked. */
export const AccessTokens = ({ kind }: { readonly kind: TokenKind }) => {
  const { t } = useTranslation();
  const tokens = kind.useTokens();
  const [generating, dialog] = useDisclosure(false);
  const [revoking, setRevoking] = useState<ListedToken | undefined>(undefined);
  return (
    <Card title={t(`${kind.texts}.title`)}>
      <Text size="sm">{t(`${kind.texts}.lead`)}</Text>
      <Loaded query={tokens}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState text={t(`${kind.texts}.none`)} />
          ) : (
            <TokensTable kind={kind} tokens={all} onRevoke={setRevoking} />
          )
        }
      </Loaded>
      <Group>
        <Button variant="default" onClick={dialog.open}>
          {t(`${kind.texts}.generate`)}
        </Button>
      </Group>
      {generating ? <NewTokenDialog kind={kind} onClose={dialog.close} /> : null}
      {revoking === undefined ? null : (
        <RevokeTokenDialog
          kind={kind}
          token={revoking}
          onClose={() => {
            setRevoking(undefined);
          }}
        />
      )}
    </Card>
  );
};
