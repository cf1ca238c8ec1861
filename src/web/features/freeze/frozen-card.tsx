import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rootCaQuery } from '../../api/queries.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { ClearKeyNote } from '../project/clear-key-note.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';

/** Shows what freezing brought: the root CA's fingerprint and end. */
export const FrozenCard = () => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const rootCa = useQuery(rootCaQuery);
  return (
    <Card title={t('freeze.doneTitle')}>
      <Text>{t('freeze.doneLead')}</Text>
      <ClearKeyNote />
      <Loaded query={rootCa}>
        {(ca) => (
          <>
            <Text size="sm" fw={600}>
              {t('freeze.fingerprint')}
            </Text>
            <CopyText text={ca.fingerprint_sha256} what={t('freeze.fingerprint')} block />
            <Text size="sm">{t('freeze.caEnds', { time: moment(ca.not_after) })}</Text>
            <Group>
              <ButtonLink to="/downloads">{t('freeze.toDownloads')}</ButtonLink>
              <Button
                variant="default"
                onClick={() => {
                  saveFile(new Blob([ca.certificate], { type: 'application/x-pem-file' }), 'rootCA.pem');
                }}
              >
                {t('freeze.downloadCa')}
              </Button>
            </Group>
          </>
        )}
      </Loaded>
    </Card>
  );
};
