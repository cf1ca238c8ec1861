import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../api/queries.ts';
import { Loaded } from '../ui/errors/loaded.tsx';
import { ServerForm } from '../features/project/server-form.tsx';
import { PageHead } from '../ui/page-head.tsx';

export const ServerPage = () => {
  const { t } = useTranslation();
  const project = useQuery(projectQuery);
  return (
    <>
      <PageHead title={t('server.title')} lead={t('server.lead')} />
      <Loaded query={project} lines={6}>
        {(found) => <ServerForm key={String(found.frozen)} project={found} />}
      </Loaded>
    </>
  );
};
