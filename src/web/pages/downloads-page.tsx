import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../api/queries.ts';
import { Loaded } from '../ui/errors/loaded.tsx';
import { KitList } from '../features/kits/kit-list.tsx';
import { OutdatedKitsCard } from '../features/reissue/outdated-kits-card.tsx';
import { RenewalsCard } from '../features/renewals/renewals-card.tsx';
import { useSession } from '../features/session/session-context.ts';
import { Card } from '../ui/card.tsx';
import { CopyText } from '../ui/copy-text.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ButtonLink } from '../ui/link.tsx';
import { PageHead } from '../ui/page-head.tsx';

const NotYet = ({ frozen }: { readonly frozen: boolean }) => {
  const { t } = useTranslation();
  const { role } = useSession();
  const toFreeze = !frozen && role === 'project_admin';
  return (
    <Card>
      <EmptyState text={frozen ? t('downloads.notApproved') : t('downloads.notFrozen')}>
        <ButtonLink to={toFreeze ? '/freeze' : '/'} variant="default">
          {toFreeze ? t('nav.freeze') : t('common.toHome')}
        </ButtonLink>
      </EmptyState>
    </Card>
  );
};

/** The kits one may download, and where the application is. */
export const DownloadsPage = () => {
  const { t } = useTranslation();
  const { approval, role } = useSession();
  const project = useQuery(projectQuery);
  return (
    <>
      <PageHead title={t('downloads.title')} lead={t('downloads.lead')} />
      <Loaded query={project}>
        {(found) => (
          <>
            {found.frozen && approval === 'approved' ? (
              <>
                <KitList project={found} />
                <OutdatedKitsCard />
                {role === 'project_admin' ? null : <RenewalsCard />}
              </>
            ) : (
              <NotYet frozen={found.frozen} />
            )}
            {found.app_location ? (
              <Card title={t('downloads.app')}>
                <Text size="sm">{t('downloads.appHint')}</Text>
                <CopyText text={found.app_location} what={t('downloads.app')} block />
              </Card>
            ) : null}
          </>
        )}
      </Loaded>
    </>
  );
};
