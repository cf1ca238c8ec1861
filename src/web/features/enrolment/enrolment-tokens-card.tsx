import { Button, Group, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { enrolmentTokensQuery } from '../../api/queries.ts';
import type { EnrolmentToken } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { NewEnrolmentTokenDialog } from './new-enrolment-token-dialog.tsx';

const TokenRow = ({ token }: { readonly token: EnrolmentToken }) => {
  const { t } = useTranslation();
  const { day, moment } = useFormats();
  const cache = useQueryClient();
  const outcome = useOutcome();
  const { id, name, state } = token;
  const end = useMutation({
    mutationFn: () => responseOf(api.DELETE('/api/v1/enrolment-tokens/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      outcome.done(t('enrolment.endedOf', { name }));
      await cache.invalidateQueries({ queryKey: enrolmentTokensQuery.queryKey });
    },
    onError: outcome.failed,
  });
  return (
    <Table.Tr>
      <Table.Td data-label={t('enrolment.name')}>{name}</Table.Td>
      <Table.Td data-label={t('enrolment.organization')}>{token.organization}</Table.Td>
      <Table.Td data-label={t('enrolment.sites')}>{token.name_pattern}</Table.Td>
      <Table.Td data-label={t('enrolment.approvalHead')}>
        {t(`enrolment.approval.${token.approval}`)}
      </Table.Td>
      <Table.Td data-label={t('enrolment.uses')} className="whole">
        {t('enrolment.usesOf', { uses: token.uses, max: token.max_uses })}
      </Table.Td>
      <Table.Td data-label={t('enrolment.stateHead')}>{t(`enrolment.state.${state}`)}</Table.Td>
      <Table.Td data-label={t('enrolment.expires')} className="whole">
        {day(token.expires_at)}
      </Table.Td>
      <Table.Td data-label={t('enrolment.used')} className="whole">
        {token.last_used_at === null ? t('enrolment.never') : moment(token.last_used_at)}
      </Table.Td>
      <Table.Td data-label={t('common.actions')}>
        {state === 'ended' ? null : (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('enrolment.endOf', { name })}
            loading={end.isPending}
            onClick={() => {
              end.mutate();
            }}
          >
            {t('enrolment.end')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
};

/** The tokens with which sites enrol: generated, shown once, ended. */
export const EnrolmentTokensCard = () => {
  const { t } = useTranslation();
  const tokens = useQuery(enrolmentTokensQuery);
  const [generating, dialog] = useDisclosure(false);
  return (
    <Card title={t('enrolment.title')}>
      <Text size="sm">{t('enrolment.lead')}</Text>
      <Loaded query={tokens}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState text={t('enrolment.none')} />
          ) : (
            <div className="scroll-x" role="group" aria-label={t('enrolment.title')} tabIndex={0}>
              <Table miw={860} className="cards">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col">{t('enrolment.name')}</Table.Th>
                    <Table.Th scope="col">{t('enrolment.organization')}</Table.Th>
                    <Table.Th scope="col">{t('enrolment.sites')}</Table.Th>
                    <Table.Th scope="col">{t('enrolment.approvalHead')}</Table.Th>
                    <Table.Th scope="col">{t('enrolment.uses')}</Table.Th>
                    <Table.Th scope="col">{t('enrolment.stateHead')}</Table.Th>
                    <Table.Th scope="col">{t('enrolment.expires')}</Table.Th>
                    <Table.Th scope="col">{t('enrolment.used')}</Table.Th>
                    <Table.Th scope="col">{t('common.actions')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {all.map((token) => (
                    <TokenRow key={token.id} token={token} />
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          )
        }
      </Loaded>
      <Group>
        <Button variant="default" onClick={dialog.open}>
          {t('enrolment.generate')}
        </Button>
      </Group>
      {generating ? <NewEnrolmentTokenDialog onClose={dialog.close} /> : null}
    </Card>
  );
};
