import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { saveFile } from '../save-file.ts';
import { csvOf } from './csv.ts';
import type { Filters } from './url-filters.ts';

interface TableToolsProps {
  readonly filters: Filters;
  readonly onChange: (change: Partial<Filters>) => void;
  readonly count: number;
  readonly csvName: string;
  readonly csvRows: () => readonly (readonly (string | number)[])[];
}

/** Filter, number of rows and export above a table. */
export const TableTools = ({ filters, onChange, count, csvName, csvRows }: TableToolsProps) => {
  const { t } = useTranslation();
  const states = [
    { value: '', label: t('table.all') },
    { value: 'pending', label: t('states.pending') },
    { value: 'approved', label: t('states.approved') },
    { value: 'denied', label: t('states.denied') },
  ];
  return (
    <Group align="flex-end" justify="space-between">
      <Group align="flex-end" gap="sm">
        <TextInput
          label={t('table.filter')}
          placeholder={t('table.filterHint')}
          type="search"
          w="17rem"
          maw="100%"
          data-table-filter
          value={filters.text}
          onChange={(event) => {
            onChange({ text: event.currentTarget.value });
          }}
        />
        <NativeSelect
          label={t('table.state')}
          data={states}
          value={filters.state}
          onChange={(event) => {
            onChange({ state: event.currentTarget.value });
          }}
        />
      </Group>
      <Group gap="sm">
        <Text size="sm" role="status">
          {t('table.shown', { count })}
        </Text>
        <Button
          variant="default"
          onClick={() => {
            saveFile(new Blob([csvOf(csvRows())], { type: 'text/csv' }), csvName);
          }}
        >
          {t('table.csv')}
        </Button>
      </Group>
    </Group>
  );
};
