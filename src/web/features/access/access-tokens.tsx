import { Button, Group, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accessTokensQuery } from '../../api/queries.ts';
import type { AccessToken } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { NewTokenDialog } from './new-token-dialog.tsx';
import { RevokeTokenDialog } from './revoke-token-dialog.tsx';

interface TokensTableProps {
  readonly tokens: readonly AccessToken[];
  readonly onRevoke: (token: AccessToken) => void;
}

const TokensTable = ({ tokens, onRevoke }: TokensTableProps) => {
  const { t } = useTranslation();
  const { day, moment } = useFormats();
  return (
    <div className="scroll-x" role="region" aria-label={t('tokens.title')} tabIndex={0}>
      <Table miw={560} className="cards">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('tokens.name')}</Table.Th>
            <Table.Th scope="col">{t('tokens.scopes')}</Table.Th>
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

/** One's access tokens: generated, shown once, revoked. */
export const AccessTokens = () => {
  const { t } = useTranslation();
  const tokens = useQuery(accessTokensQuery);
  const [generating, dialog] = useDisclosure(false);
  const [revoking, setRevoking] = useState<AccessToken | undefined>(undefined);
  return (
    <Card title={t('tokens.title')}>
      <Text size="sm">{t('tokens.lead')}</Text>
      <Loaded query={tokens}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState text={t('tokens.none')} />
          ) : (
            <TokensTable tokens={all} onRevoke={setRevoking} />
          )
        }
      </Loaded>
      <Group>
        <Button variant="default" onClick={dialog.open}>
          {t('tokens.generate')}
        </Button>
      </Group>
      {generating ? <NewTokenDialog onClose={dialog.close} /> : null}
      {revoking === undefined ? null : (
        <RevokeTokenDialog
          token={revoking}
          onClose={() => {
            setRevoking(undefined);
          }}
        />
      )}
    </Card>
  );
};
