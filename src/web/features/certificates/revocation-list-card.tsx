import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { BASE } from '../../api/base.ts';
import { rootCaQuery } from '../../api/queries.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';

/** The revocation list: how long it is valid, what it lacks while the root CA is sealed, where to fetch it. */
export const RevocationListCard = () => {
  const { t } = useTranslation();
  const { day } = useFormats();
  const { data } = useQuery(rootCaQuery);
  if (data?.crl === undefined) {
    return null;
  }
  const { number, next_update: until, complete } = data.crl;
  return (
    <Card title={t('revocation.listTitle')}>
      <Text>
        {t('revocation.listUntil', { number, date: day(until) })}{' '}
        {data.sealed ? t('revocation.listSealed') : ''}
      </Text>
      {complete ? null : <Text role="alert">{t('revocation.listIncomplete')}</Text>}
      <Group gap="md">
        <Anchor href={`${BASE}/crl.pem`} download underline="always">
          crl.pem
        </Anchor>
        <Anchor href={`${BASE}/crl.der`} download underline="always">
          crl.der
        </Anchor>
      </Group>
    </Card>
  );
};
