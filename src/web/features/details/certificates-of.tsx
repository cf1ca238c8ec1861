import { Button, Code, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { certificatesOfQuery } from '../../api/queries.ts';
import type { LedgerEntry } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { CertificateState } from '../certificates/certificate-state.tsx';
import { RevokeDialog } from '../certificates/revoke-dialog.tsx';

interface CertificatesOfProps {
  readonly holder: 'client' | 'user';
  readonly id: number;
}

/** The certificates of one site or user, each of which a download created. */
export const CertificatesOf = ({ holder, id }: CertificatesOfProps) => {
  const { t } = useTranslation();
  const { day, moment } = useFormats();
  const certificates = useQuery(certificatesOfQuery(holder, id));
  const [revoking, setRevoking] = useState<LedgerEntry>();
  return (
    <Card title={t('details.certificates')}>
      <Loaded query={certificates}>
        {(entries) =>
          entries.length === 0 ? (
            <Text>{t('downloads.never')}</Text>
          ) : (
            <div className="scroll-x" role="region" aria-label={t('details.certificateList')} tabIndex={0}>
              <Table className="cards">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col">{t('certificates.serial')}</Table.Th>
                    <Table.Th scope="col">{t('details.downloaded')}</Table.Th>
                    <Table.Th scope="col">{t('certificates.until')}</Table.Th>
                    <Table.Th scope="col">{t('certificateState.column')}</Table.Th>
                    <Table.Th scope="col">{t('common.actions')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {entries.map((entry) => (
                    <Table.Tr key={entry.id}>
                      <Table.Td data-label={t('certificates.serial')}>
                        <Code className="serial">{entry.serial}</Code>
                      </Table.Td>
                      <Table.Td data-label={t('details.downloaded')}>
                        {t('details.byAt', { who: entry.requested_by, time: moment(entry.created_at) })}
                      </Table.Td>
                      <Table.Td data-label={t('certificates.until')}>
                        <span className="whole">{day(entry.not_after)}</span>
                      </Table.Td>
                      <Table.Td data-label={t('certificateState.column')}>
                        <CertificateState entry={entry} />
                      </Table.Td>
                      <Table.Td data-label={t('common.actions')}>
                        {entry.state === 'revoked' || entry.state === 'expired' ? null : (
                          <Button
                            size="compact-sm"
                            variant="default"
                            onClick={() => {
                              setRevoking(entry);
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
            </div>
          )
        }
      </Loaded>
      {revoking ? (
        <RevokeDialog
          entry={revoking}
          onClose={() => {
            setRevoking(undefined);
          }}
        />
      ) : null}
    </Card>
  );
};
