import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../api/queries.ts';
import { AccessTokens } from '../features/access/access-tokens.tsx';
import { PROJECT_TOKENS } from '../features/access/token-kind.ts';
import { Loaded } from '../ui/errors/loaded.tsx';
import { PropertiesCard } from '../features/project/properties-card.tsx';
import { ProjectForm } from '../features/project/project-form.tsx';
import { ReleaseQuestion } from '../features/project/release-question.tsx';
import { PageHead } from '../ui/page-head.tsx';

export const ProjectPage = () => {
  const { t } = useTranslation();
  const project = useQuery(projectQuery);
  return (
    <>
      <PageHead title={t('project.title')} lead={t('project.lead')} />
      <Loaded query={project} lines={10}>
        {(found) => (
          <>
            <ReleaseQuestion project={found} />
            <ProjectForm key={`${found.frozen} ${found.target_release_origin}`} project={found} />
          </>
        )}
      </Loaded>
      {project.data ? <PropertiesCard /> : null}
      {project.data ? <AccessTokens kind={PROJECT_TOKENS} /> : null}
    </>
  );
};
