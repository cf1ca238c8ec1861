import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { Card } from '../../ui/card.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { saveFile } from '../../ui/save-file.ts';

/** Downloads what the dashboard keeps about oneself. */
export const ExportData = () => {
  const { t } = useTranslation();
  const outcome = useOutcome();
  const download = useMutation({
    mutationFn: () => responseOf(api.GET('/api/v1/me/export')),
    onSuccess: (data) => {
      const text = `${JSON.stringify(data, undefined, 2)}\n`;
      saveFile(new Blob([text], { type: 'application/json' }), 'my-data.json');
    },
    onError: outcome.failed,
  });
  return (
    <Card title={t('export.title')}>
      <Text size="sm">{t('export.lead')}</Text>
      <Group>
        <Button
          variant="default"
          loading={download.isPending}
          onClick={() => {
            download.mutate();
          }}
        >
          {t('export.download')}
        </Button>
      </Group>
    </Card>
  );
};
