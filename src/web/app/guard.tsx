import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../ui/page-head.tsx';
import { ButtonLink } from '../ui/link.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Card } from '../ui/card.tsx';
import { useSession } from '../features/session/session-context.ts';
import { LogInCard } from '../features/session/log-in-card.tsx';
import { isOpenTo, type PageName } from '../ui/page-list.ts';

/** Lets in whom the page is for; a stranger may log in right here, others read why not. */
export const Guard = ({ page, children }: { readonly page: PageName; readonly children: ReactNode }) => {
  const { t } = useTranslation();
  const { user, role } = useSession();
  if (!user) {
    return (
      <div className="narrow">
        <PageHead title={t(`nav.${page}`)} />
        <LogInCard />
      </div>
    );
  }
  if (!isOpenTo(page, role)) {
    return (
      <>
        <PageHead title={t('common.notYours')} />
        <Card>
          <EmptyState text={t('common.notYoursLead', { role: t('roles.project_admin') })}>
            <ButtonLink to="/">{t('common.toHome')}</ButtonLink>
          </EmptyState>
        </Card>
      </>
    );
  }
  return children;
};
