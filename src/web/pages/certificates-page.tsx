import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ledgerQuery } from '../api/queries.ts';
import { Loaded } from '../ui/errors/loaded.tsx';
import { RevocationListCard } from '../features/certificates/revocation-list-card.tsx';
import { LedgerTable } from '../features/ledger/ledger-table.tsx';
import { CertificatesByEnd } from '../ui/charts/certificates-by-end.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ButtonLink } from '../ui/link.tsx';
import { PageHead } from '../ui/page-head.tsx';

export const CertificatesPage = () => {
  const { t } = useTranslation();
  const ledger = useQuery(ledgerQuery);
  return (
    <>
      <PageHead title={t('certificates.title')} lead={t('certificates.lead')} />
      <Loaded query={ledger} lines={8}>
        {(entries) =>
          entries.length === 0 ? (
            <Card>
              <EmptyState text={t('certificates.empty')}>
                <ButtonLink to="/downloads" variant="default">
                  {t('certificates.toDownloads')}
                </ButtonLink>
              </EmptyState>
            </Card>
          ) : (
            <>
              <Card title={t('certificates.byEnd')}>
                <CertificatesByEnd entries={entries} />
              </Card>
              <RevocationListCard />
              <Card>
                <LedgerTable entries={entries} />
              </Card>
            </>
          )
        }
      </Loaded>
    </>
  );
};
