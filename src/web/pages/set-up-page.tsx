import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../api/queries.ts';
import { SetUpView } from '../features/set-up/set-up-view.tsx';
import { Loaded } from '../ui/errors/loaded.tsx';
import { ButtonLink } from '../ui/link.tsx';
import { PageHead } from '../ui/page-head.tsx';

/** Leads the first project admin through what a new project needs. */
export const SetUpPage = () => {
  const { t } = useTranslation();
  const project = useQuery(projectQuery);
  return (
    <>
      <PageHead title={t('setUp.title')} lead={t('setUp.lead')}>
        <ButtonLink to="/" variant="default">
          {t('setUp.leave')}
        </ButtonLink>
      </PageHead>
      <Loaded query={project} lines={8}>
        {(found) => <SetUpView project={found} />}
      </Loaded>
    </>
  );
};
