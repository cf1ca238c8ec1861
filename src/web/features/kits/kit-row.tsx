import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KitSource } from './kit-source.ts';

interface KitRowProps {
  readonly source: KitSource;
  readonly label: string;
  /** True when its PIN can be shown again. */
  readonly kept: boolean;
  /** Number of downloads, where that is known. */
  readonly downloads?: number;
  readonly onOpen: (source: KitSource, again: boolean) => void;
  /** Absent for an overseer, and where the release takes no key of one's own. */
  readonly onOwnKey?: (() => void) | undefined;
}

/** One kit that can be downloaded. */
export const KitRow = ({ source, label, kept, downloads, onOpen, onOwnKey }: KitRowProps) => {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" gap="xs">
      <div>
        <Text>{label}</Text>
        {downloads === undefined ? null : (
          <Text size="sm" c="dimmed">
            {downloads === 0 ? t('downloads.never') : t('downloads.times', { count: downloads })}
          </Text>
        )}
      </div>
      <Group gap="xs">
        {kept ? (
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
        {onOwnKey ? (
          <Button
            size="xs"
            variant="default"
            aria-label={t('ownKey.keepOf', { name: label })}
            onClick={onOwnKey}
          >
            {t('ownKey.keep')}
          </Button>
        ) : null}
        <Button
          size="xs"
          variant={downloads ? 'default' : 'filled'}
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
