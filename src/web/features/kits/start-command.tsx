import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../../ui/copy-text.tsx';
import type { KitSource } from './kit-source.ts';

interface StartCommandProps {
  readonly folder: string;
  readonly kind: KitSource['kind'];
}

/** Shows what to run once the kit is unpacked, and where. */
export const StartCommand = ({ folder, kind }: StartCommandProps) => {
  const { t } = useTranslation();
  const script = kind === 'user' ? 'fl_admin.sh' : 'start.sh';
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t('kit.start')}
      </Text>
      <Text size="sm">{t(`kit.startOn.${kind}`)}</Text>
      <CopyText text={`'${folder}/startup/${script}'`} what={t('kit.start')} block />
    </Stack>
  );
};
