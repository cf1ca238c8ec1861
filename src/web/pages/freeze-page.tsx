import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../api/queries.ts';
import { Loaded } from '../ui/errors/loaded.tsx';
import { FreezeForm } from '../features/freeze/freeze-form.tsx';
import { FrozenCard } from '../features/freeze/frozen-card.tsx';
import { PageHead } from '../ui/page-head.tsx';

export const FreezePage = () => {
  const { t } = useTranslation();
  const project = useQuery(projectQuery);
  return (
    <>
      <PageHead title={t('freeze.title')} lead={t('freeze.lead')} />
      <Loaded query={project} lines={8}>
        {(found) => (found.frozen ? <FrozenCard /> : <FreezeForm project={found} />)}
      </Loaded>
    </>
  );
};
