import { Badge, Button, Group, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renewalsQuery } from '../../api/queries.ts';
import type { Renewal } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { RenewDialog } from './renew-dialog.tsx';

const WINDOWS = [7, 30, 90] as const;
/** Readable in both color schemes, as the words say the same. */
const COLORS = { 7: 'red', 30: 'orange', 90: 'gray' } as const;

const windowOf = (days: number): (typeof WINDOWS)[number] => WINDOWS.find((limit) => days < limit) ?? 90;

/** Shows what expires within 90 days and how it is renewed; nothing where there is nothing. */
export const RenewalsCard = () => {
  const { t } = useTranslation();
  const { day } = useFormats();
  const { data: renewals = [] } = useQuery(renewalsQuery);
  const [renewing, setRenewing] = useState<Renewal>();
  if (renewals.length === 0) {
    return null;
  }
  return (
    <Card title={t('renewals.title')}>
      <Group gap="xs">
        {WINDOWS.map((limit) => (
          <Badge key={limit} variant="outline" color={COLORS[limit]}>
            {t('renewals.within', {
              days: limit,
              count: renewals.filter((renewal) => windowOf(renewal.days_left) === limit).length,
            })}
          </Badge>
        ))}
      </Group>
      <div className="scroll-x" role="group" aria-label={t('renewals.title')} tabIndex={0}>
        <Table miw={560} className="cards">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('renewals.name')}</Table.Th>
              <Table.Th scope="col">{t('renewals.organization')}</Table.Th>
              <Table.Th scope="col">{t('renewals.expires')}</Table.Th>
              <Table.Th scope="col">{t('renewals.key')}</Table.Th>
              <Table.Th scope="col">{t('common.actions')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {renewals.map((renewal) => (
              <Table.Tr key={renewal.serial}>
                <Table.Td data-label={t('renewals.name')}>{renewal.name}</Table.Td>
                <Table.Td data-label={t('renewals.organization')}>{renewal.organization}</Table.Td>
                <Table.Td data-label={t('renewals.expires')} className="whole">
                  <Text size="sm">{day(renewal.not_after)}</Text>
                  <Text size="xs" c="dimmed">
                    {t('renewals.daysLeft', { count: renewal.days_left })}
                  </Text>
                </Table.Td>
                <Table.Td data-label={t('renewals.key')}>{t(`renewals.keyOf.${renewal.way}`)}</Table.Td>
                <Table.Td data-label={t('common.actions')}>
                  {renewal.renewable ? (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={t('renewals.renewOf', { name: renewal.name })}
                      onClick={() => {
                        setRenewing(renewal);
                      }}
                    >
                      {t('renewals.renew')}
                    </Button>
                  ) : (
                    <Text size="sm">{t('renewals.byHolder')}</Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {renewing === undefined ? null : (
        <RenewDialog
          renewal={renewing}
          onClose={() => {
            setRenewing(undefined);
          }}
        />
      )}
    </Card>
  );
};
