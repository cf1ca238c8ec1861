import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface PagerProps {
  readonly page: number;
  readonly pages: number;
  readonly size: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}

/** Which rows of how many are shown, and the way to the others. */
export const Pager = ({ page, pages, size, total, onPage }: PagerProps) => {
  const { t } = useTranslation();
  if (pages <= 1) {
    return null;
  }
  const step = (by: number) => () => {
    onPage(page + by);
  };
  return (
    <Group justify="space-between">
      <Text size="sm">
        {t('table.of', { from: (page - 1) * size + 1, to: Math.min(page * size, total), total })}
      </Text>
      <Group gap="xs">
        <Button variant="default" size="xs" disabled={page <= 1} onClick={step(-1)}>
          {t('table.previous')}
        </Button>
        <Button variant="default" size="xs" disabled={page >= pages} onClick={step(1)}>
          {t('table.next')}
        </Button>
      </Group>
    </Group>
  );
};
