import { Button, Code, Group, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerEntry } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { csvOf } from '../../ui/tables/csv.ts';
import { Pager } from '../../ui/tables/pager.tsx';
import { useUrlFilters } from '../../ui/tables/url-filters.ts';
import { CertificateState } from '../certificates/certificate-state.tsx';
import { RevokeDialog } from '../certificates/revoke-dialog.tsx';
import { useKindText } from './kind-text.ts';

const PAGE = 25;
const HEAD = [
  'kind',
  'common_name',
  'serial',
  'sha256',
  'not_before',
  'not_after',
  'requested_by',
  'created_at',
  'state',
  'key_origin',
] as const;

interface RowsProps {
  readonly entries: readonly LedgerEntry[];
  readonly onRevoke: (entry: LedgerEntry) => void;
}

const Rows = ({ entries, onRevoke }: RowsProps) => {
  const { t } = useTranslation();
  const { day } = useFormats();
  const kindText = useKindText();
  return (
    <Table striped className="cards">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('certificates.kind')}</Table.Th>
          <Table.Th scope="col">{t('certificates.name')}</Table.Th>
          <Table.Th scope="col">{t('certificates.serial')}</Table.Th>
          <Table.Th scope="col">{t('certificates.from')}</Table.Th>
          <Table.Th scope="col">{t('certificates.until')}</Table.Th>
          <Table.Th scope="col">{t('certificates.by')}</Table.Th>
          <Table.Th scope="col">{t('certificateState.column')}</Table.Th>
          <Table.Th scope="col">{t('common.actions')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((entry) => (
          <Table.Tr key={entry.id}>
            <Table.Td data-label={t('certificates.kind')}>{kindText(entry.kind)}</Table.Td>
            <Table.Td data-label={t('certificates.name')}>{entry.common_name}</Table.Td>
            <Table.Td data-label={t('certificates.serial')}>
              <Code>{entry.serial}</Code>
            </Table.Td>
            <Table.Td className="whole" data-label={t('certificates.from')}>
              {day(entry.not_before)}
            </Table.Td>
            <Table.Td className="whole" data-label={t('certificates.until')}>
              {day(entry.not_after)}
            </Table.Td>
            <Table.Td data-label={t('certificates.by')}>{entry.requested_by}</Table.Td>
            <Table.Td data-label={t('certificateState.column')}>
              <CertificateState entry={entry} />
            </Table.Td>
            <Table.Td data-label={t('common.actions')}>
              {entry.state === 'revoked' || entry.state === 'expired' ? null : (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={t('revocation.revokeWhat', { name: entry.common_name })}
                  onClick={() => {
                    onRevoke(entry);
                  }}
                >
                  {t('revocation.revoke')}
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
};

/** Every issued certificate, filtered, in pages, as CSV. */
export const LedgerTable = ({ entries }: { readonly entries: readonly LedgerEntry[] }) => {
  const { t } = useTranslation();
  const [filters, setFilters] = useUrlFilters();
  const [revoking, setRevoking] = useState<LedgerEntry>();
  const needle = filters.text.toLowerCase();
  const found = entries.filter((entry) =>
    `${entry.kind} ${entry.common_name} ${entry.serial} ${entry.requested_by}`.toLowerCase().includes(needle),
  );
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const page = Math.min(filters.page, pages);
  const save = () => {
    const rows = found.map((entry) => HEAD.map((key) => entry[key]));
    saveFile(new Blob([csvOf([HEAD, ...rows])], { type: 'text/csv' }), 'certificates.csv');
  };
  return (
    <>
      {revoking ? (
        <RevokeDialog
          entry={revoking}
          onClose={() => {
            setRevoking(undefined);
          }}
        />
      ) : null}
      <Group justify="space-between" align="flex-end">
        <TextInput
          label={t('table.filter')}
          type="search"
          data-table-filter
          value={filters.text}
          onChange={(event) => {
            setFilters({ text: event.currentTarget.value });
          }}
        />
        <Button variant="default" onClick={save}>
          {t('table.csv')}
        </Button>
      </Group>
      <div className="scroll-x" role="region" aria-label={t('certificates.title')} tabIndex={0}>
        <Rows entries={found.slice((page - 1) * PAGE, page * PAGE)} onRevoke={setRevoking} />
      </div>
      <Pager
        page={page}
        pages={pages}
        size={PAGE}
        total={found.length}
        onPage={(next) => {
          setFilters({ page: next });
        }}
      />
    </>
  );
};
