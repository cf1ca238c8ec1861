import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/format.ts';
import { PageField } from './page-field.tsx';

interface PagerProps {
  readonly page: number;
  readonly size: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
  /** Offered where the number of rows of a page can be chosen. */
  readonly sizes?: readonly number[];
  readonly onSize?: (size: number) => void;
}

/** Which rows of how many are shown, and the way to the others. */
export const Pager = ({ page, size, total, onPage, sizes = [], onSize }: PagerProps) => {
  const { t } = useTranslation();
  const { number } = useFormats();
  const pages = Math.max(1, Math.ceil(total / size));
  const smallest = sizes[0] ?? size;
  if (total <= smallest) {
    return null;
  }
  const step = (by: number) => () => {
    onPage(page + by);
  };
  return (
    <Group justify="space-between">
      <Text size="sm">
        {t('table.of', {
          from: number((page - 1) * size + 1),
          to: number(Math.min(page * size, total)),
          total: number(total),
        })}
      </Text>
      <Group gap="xs">
        {onSize ? (
          <NativeSelect
            size="xs"
            aria-label={t('list.size')}
            data={sizes.map((rows) => ({ value: String(rows), label: t('list.sizeOf', { count: rows }) }))}
            value={String(size)}
            onChange={(event) => {
              onSize(Number(event.currentTarget.value));
            }}
          />
        ) : null}
        <Button variant="default" size="xs" disabled={page <= 1} onClick={step(-1)}>
          {t('table.previous')}
        </Button>
        {pages > 2 ? <PageField key={page} page={page} pages={pages} onPage={onPage} /> : null}
        <Button variant="default" size="xs" disabled={page >= pages} onClick={step(1)}>
          {t('table.next')}
        </Button>
      </Group>
    </Group>
  );
};
