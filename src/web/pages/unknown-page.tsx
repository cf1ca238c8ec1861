import { useTranslation } from 'react-i18next';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ButtonLink } from '../ui/link.tsx';
import { PageHead } from '../ui/page-head.tsx';

export const UnknownPage = () => {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('common.unknownPage')} />
      <Card>
        <EmptyState text={t('common.unknownPageLead')}>
          <ButtonLink to="/">{t('common.toHome')}</ButtonLink>
        </EmptyState>
      </Card>
    </>
  );
};
