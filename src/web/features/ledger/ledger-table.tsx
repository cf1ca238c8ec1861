import { Button, Code } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CERTIFICATE_KINDS, CERTIFICATE_STATES } from '../../../contract/revocation.ts';
import type { LedgerEntry } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { DataTable } from '../../ui/tables/data-table.tsx';
import type { Column } from '../../ui/tables/rows-table.tsx';
import { CertificateState } from '../certificates/certificate-state.tsx';
import { RevokeDialog } from '../certificates/revoke-dialog.tsx';
import { CERTIFICATES, SOON_DAYS } from './certificates-source.ts';
import { HolderLink } from './holder-link.tsx';
import { useKindText } from './kind-text.ts';

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

const TIMES: ReadonlySet<string> = new Set(['not_before', 'not_after', 'created_at']);

const useColumns = (onRevoke: (entry: LedgerEntry) => void): readonly Column<LedgerEntry>[] => {
  const { t } = useTranslation();
  const { day } = useFormats();
  const kindText = useKindText();
  return useMemo(
    () => [
      { id: 'kind', header: t('certificates.kind'), cell: ({ kind }) => kindText(kind) },
      { id: 'common_name', header: t('certificates.name'), cell: (entry) => <HolderLink entry={entry} /> },
      {
        id: 'serial',
        header: t('certificates.serial'),
        cell: ({ serial }) => <Code className="serial">{serial}</Code>,
      },
      {
        id: 'not_before',
        header: t('certificates.from'),
        cell: (entry) => <span className="whole">{day(entry.not_before)}</span>,
      },
      {
        id: 'not_after',
        header: t('certificates.until'),
        cell: (entry) => <span className="whole">{day(entry.not_after)}</span>,
      },
      { id: 'requested_by', header: t('certificates.by'), cell: (entry) => entry.requested_by },
      {
        id: 'state',
        header: t('certificateState.column'),
        sortable: false,
        cell: (entry) => <CertificateState entry={entry} />,
      },
      {
        id: 'actions',
        header: t('common.actions'),
        sortable: false,
        cell: (entry) =>
          entry.state === 'revoked' || entry.state === 'expired' ? null : (
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
          ),
      },
    ],
    [t, day, kindText, onRevoke],
  );
};

/** Every issued certificate, filtered, in pages, as CSV. */
export const LedgerTable = ({ empty }: { readonly empty: ReactNode }) => {
  const { t } = useTranslation();
  const kindText = useKindText();
  const [revoking, setRevoking] = useState<LedgerEntry>();
  const columns = useColumns(setRevoking);
  return (
    <>
      <DataTable
        label={t('certificates.title')}
        source={CERTIFICATES}
        columns={columns}
        facets={[
          {
            key: 'state',
            label: t('certificateState.column'),
            choices: CERTIFICATE_STATES.map((state) => ({
              value: state,
              label: t(`certificateState.${state}`),
            })),
          },
          {
            key: 'kind',
            label: t('certificates.kind'),
            choices: CERTIFICATE_KINDS.map((kind) => ({ value: kind, label: kindText(kind) })),
          },
          {
            key: 'soon',
            label: t('certificates.until'),
            choices: [{ value: String(SOON_DAYS), label: t('list.soon', { count: SOON_DAYS }) }],
          },
        ]}
        hint={t('list.certificatesHint')}
        nameOf={(entry) => entry.serial}
        csv={{
          file: 'certificates.csv',
          head: HEAD,
          cells: (entry) =>
            HEAD.map((key) => (TIMES.has(key) ? new Date(entry[key]).toISOString() : entry[key])),
        }}
        empty={empty}
      />
      {revoking ? (
        <RevokeDialog
          entry={revoking}
          onClose={() => {
            setRevoking(undefined);
          }}
        />
      ) : null}
    </>
  );
};
