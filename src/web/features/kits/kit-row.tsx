import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KitSource } from './kit-source.ts';

interface KitRowProps {
  readonly source: KitSource;
  readonly label: string;
  readonly made: boolean;
  readonly onOpen: (source: KitSource, again: boolean) => void;
}

/** One kit that can be downloaded. */
export const KitRow = ({ source, label, made, onOpen }: KitRowProps) => {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" gap="xs">
      <Text>{label}</Text>
      <Group gap="xs">
        {made ? (
          <Button
            size="xs"
            variant="default"
            aria-label={`${t('downloads.again')}: ${label}`}
            onClick={() => {
              onOpen(source, true);
            }}
          >
            {t('downloads.again')}
          </Button>
        ) : null}
        <Button
          size="xs"
          aria-label={t('downloads.downloadOf', { name: label })}
          onClick={() => {
            onOpen(source, false);
          }}
        >
          {t('downloads.download')}
        </Button>
      </Group>
    </Group>
  );
};
