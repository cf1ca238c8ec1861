import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { overviewQuery } from '../api/queries.ts';
import { RevocationListCard } from '../features/certificates/revocation-list-card.tsx';
import { EnrolmentTokensCard } from '../features/enrolment/enrolment-tokens-card.tsx';
import { LedgerTable } from '../features/ledger/ledger-table.tsx';
import { OutdatedKitsCard } from '../features/reissue/outdated-kits-card.tsx';
import { RenewalsCard } from '../features/renewals/renewals-card.tsx';
import { RootRenewalCard } from '../features/root-renewal/root-renewal-card.tsx';
import { CertificatesByEnd } from '../ui/charts/certificates-by-end.tsx';
import { SavedViews } from '../features/saved-views/saved-views.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Loaded } from '../ui/errors/loaded.tsx';
import { ButtonLink } from '../ui/link.tsx';
import { PageHead } from '../ui/page-head.tsx';

export const CertificatesPage = () => {
  const { t } = useTranslation();
  const overview = useQuery(overviewQuery);
  return (
    <>
      <PageHead title={t('certificates.title')} lead={t('certificates.lead')} />
      <Loaded query={overview} lines={8}>
        {(found) => (
          <>
            {found.issued.length === 0 ? null : (
              <>
                <Card title={t('certificates.byEnd')}>
                  <CertificatesByEnd overview={found} />
                </Card>
                <RootRenewalCard />
                <RevocationListCard />
              </>
            )}
            <Card>
              <SavedViews list="certificates" />
              <LedgerTable
                empty={
                  <EmptyState text={t('certificates.empty')}>
                    <ButtonLink to="/downloads" variant="default">
                      {t('certificates.toDownloads')}
                    </ButtonLink>
                  </EmptyState>
                }
              />
            </Card>
            <OutdatedKitsCard />
            <RenewalsCard />
            <EnrolmentTokensCard />
          </>
        )}
      </Loaded>
    </>
  );
};
