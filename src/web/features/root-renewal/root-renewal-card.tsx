import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rootProgressQuery } from '../../api/queries.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { RenewRootDialog } from './renew-root-dialog.tsx';

/** Shows when the root CA expires, renews it, and shows who still has the root certificate of before. */
export const RootRenewalCard = () => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const { data } = useQuery(rootProgressQuery);
  const [renewing, setRenewing] = useState(false);
  if (data === undefined) {
    return null;
  }
  const { root, earlier, total, renewed, waiting } = data.renewal;
  return (
    <Card title={t('rootRenewal.title')}>
      <Text size="sm">{t('rootRenewal.expires', { time: moment(root.not_after) })}</Text>
      {earlier === undefined ? null : (
        <Text size="sm">
          {t('rootRenewal.progress', { renewed, total, time: moment(earlier.not_after) })}
        </Text>
      )}
      {waiting.length === 0 ? null : (
        <Text size="sm">
          {t('rootRenewal.waiting')}: {waiting.map(({ name }) => name).join(', ')}
        </Text>
      )}
      <Group>
        <Button
          variant="default"
          onClick={() => {
            setRenewing(true);
          }}
        >
          {t('rootRenewal.renew')}
        </Button>
      </Group>
      {renewing ? (
        <RenewRootDialog
          onClose={() => {
            setRenewing(false);
          }}
        />
      ) : null}
    </Card>
  );
};
