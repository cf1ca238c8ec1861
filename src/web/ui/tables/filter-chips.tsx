import { Button, Group } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ChangeFilters, Facet, Filters } from './url-filters.ts';

interface FilterChipsProps {
  readonly facets: readonly Facet[];
  readonly filters: Filters;
  readonly onChange: ChangeFilters;
}

/** Shows what the table is narrowed by at the moment; each can be taken away. */
export const FilterChips = ({ facets, filters, onChange }: FilterChipsProps) => {
  const { t } = useTranslation();
  const active = facets.flatMap(({ key, label, choices }) => {
    const value = filters.facets[key];
    const shown = choices?.find((choice) => choice.value === value)?.label ?? value;
    return value === undefined ? [] : [{ key, text: `${label}: ${shown ?? ''}` }];
  });
  if (active.length === 0) {
    return null;
  }
  return (
    <Group gap="xs" role="group" aria-label={t('list.activeFilters')}>
      {active.map(({ key, text }) => (
        <Button
          key={key}
          size="compact-sm"
          variant="light"
          radius="xl"
          rightSection={<IconX size={14} aria-hidden />}
          aria-label={t('list.removeFilter', { filter: text })}
          onClick={() => {
            onChange({ facets: { [key]: '' } });
          }}
        >
          {text}
        </Button>
      ))}
    </Group>
  );
};
