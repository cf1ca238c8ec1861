import { SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { overviewQuery } from '../../api/queries.ts';
import type { Project } from '../../api/views.ts';
import { SitesByState } from '../../ui/charts/sites-by-state.tsx';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { Checklist } from '../onboarding/checklist.tsx';
import { LastEvents } from './last-events.tsx';
import { OrganizationProgress } from './organization-progress.tsx';
import { ProjectFacts } from './project-facts.tsx';
import { ToDo } from './to-do.tsx';

/** Shows what the project admin has to see to, how far the organizations are, and what was done last. */
export const AdminHome = ({ project }: { readonly project: Project }) => {
  const { t } = useTranslation();
  const overview = useQuery(overviewQuery);
  return (
    <Checklist>
      <Loaded query={overview} lines={8}>
        {(found) => (
          <>
            <SimpleGrid cols={{ base: 1, md: 2 }}>
              <ToDo project={project} overview={found} />
              <OrganizationProgress organizations={found.organizations} />
            </SimpleGrid>
            <SimpleGrid cols={{ base: 1, md: 2 }}>
              <ProjectFacts project={project}>
                {project.num_clients > 0 ? <SitesByState counts={found.sites} /> : null}
              </ProjectFacts>
              <Card title={t('overview.lastEvents')}>
                <LastEvents events={found.events} />
              </Card>
            </SimpleGrid>
          </>
        )}
      </Loaded>
    </Checklist>
  );
};
