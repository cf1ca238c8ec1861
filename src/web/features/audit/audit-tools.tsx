import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { problemOf } from '../../api/problem.ts';
import { saveFile } from '../../ui/save-file.ts';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { DateField } from '../../ui/date-field.tsx';
import type { AuditFilters } from './audit-query.ts';
import { EVENTS } from './events.ts';

const saveAll = async (): Promise<void> => {
  const { data, error, response } = await api.GET('/api/v1/audit/export', { parseAs: 'blob' });
  if (!(data instanceof Blob)) {
    throw problemOf(error, response);
  }
  saveFile(data, 'audit.jsonl');
};

interface AuditToolsProps {
  readonly filters: AuditFilters;
  readonly onChange: (change: Partial<AuditFilters>) => void;
}

/** Search, span of days and export above the audit. */
export const AuditTools = ({ filters, onChange }: AuditToolsProps) => {
  const { t } = useTranslation();
  const outcome = useOutcome();
  const [typed, setTyped] = useState(filters.q);
  const [from, setFrom] = useState(filters.q);
  if (from !== filters.q) {
    setFrom(filters.q);
    setTyped(filters.q);
  }
  const save = useMutation({ mutationFn: saveAll, onError: outcome.failed });
  const search = () => {
    onChange({ q: typed });
  };
  const kinds = [
    { value: '', label: t('table.all') },
    ...EVENTS.map((value) => ({ value, label: t(`audit.kinds.${value}`) })),
  ];
  const day = (name: 'from' | 'to') => (
    <DateField
      label={t(`audit.${name}Day`)}
      value={filters[name] || null}
      disabled={false}
      onChange={(value) => {
        onChange({ [name]: value ?? '' });
      }}
    />
  );
  return (
    <Group align="flex-end" justify="space-between" className="audit-tools">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          search();
        }}
      >
        <Group align="flex-end" gap="sm">
          <TextInput
            type="search"
            label={t('audit.search')}
            placeholder={t('audit.searchHint')}
            w={{ base: '100%', sm: '17rem' }}
            data-table-filter
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
            }}
            onBlur={search}
          />
          <NativeSelect
            label={t('audit.kind')}
            maw="13rem"
            data={kinds}
            value={filters.action}
            onChange={(event) => {
              onChange({ action: event.currentTarget.value });
            }}
          />
          {day('from')}
          {day('to')}
          <Button type="submit" variant="default">
            {t('audit.find')}
          </Button>
        </Group>
      </form>
      <Button
        variant="default"
        loading={save.isPending}
        onClick={() => {
          save.mutate();
        }}
      >
        {t('audit.export')}
      </Button>
    </Group>
  );
};
