import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useOutcome } from '../errors/use-outcome.ts';
import { saveFile } from '../save-file.ts';
import { csvOf } from './csv.ts';
import { FilterChips } from './filter-chips.tsx';
import type { ChangeFilters, Facet, Filters } from './url-filters.ts';

interface TableToolsProps {
  readonly facets: readonly Facet[];
  readonly filters: Filters;
  readonly onChange: ChangeFilters;
  /** Undefined until the server has said. */
  readonly count: number | undefined;
  /** Fields that are searched for the text. */
  readonly hint: string;
  readonly csvName: string;
  readonly csvRows: () => Promise<readonly (readonly (string | number)[])[]>;
}

/** Search, filters, number of rows and export above a table. */
export const TableTools = ({ facets, filters, onChange, count, hint, csvName, csvRows }: TableToolsProps) => {
  const { t } = useTranslation();
  const outcome = useOutcome();
  const save = useMutation({
    mutationFn: csvRows,
    onSuccess: (rows) => {
      saveFile(new Blob([csvOf(rows)], { type: 'text/csv' }), csvName);
    },
    onError: outcome.failed,
  });
  return (
    <>
      <Group align="flex-end" justify="space-between" className="table-tools">
        <Group align="flex-end" gap="sm" w={{ base: '100%', sm: 'auto' }}>
          <TextInput
            label={t('table.filter')}
            placeholder={hint}
            type="search"
            w={{ base: '100%', sm: '17rem' }}
            data-table-filter
            value={filters.text}
            onChange={(event) => {
              onChange({ text: event.currentTarget.value });
            }}
          />
          {facets.map(({ key, label, choices }) =>
            choices ? (
              <NativeSelect
                key={key}
                label={label}
                data={[{ value: '', label: t('table.all') }, ...choices]}
                value={filters.facets[key] ?? ''}
                onChange={(event) => {
                  onChange({ facets: { [key]: event.currentTarget.value } });
                }}
              />
            ) : null,
          )}
        </Group>
        <Group gap="sm">
          <Text size="sm" role="status" miw={{ base: 0, sm: '6rem' }} ta={{ base: 'start', sm: 'end' }}>
            {count === undefined ? '' : t('table.shown', { count })}
          </Text>
          <Button
            variant="default"
            loading={save.isPending}
            onClick={() => {
              save.mutate();
            }}
          >
            {t('table.csv')}
          </Button>
        </Group>
      </Group>
      <FilterChips facets={facets} filters={filters} onChange={onChange} />
    </>
  );
};
