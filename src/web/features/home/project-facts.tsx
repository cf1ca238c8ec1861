import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import type { Project } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { LinkedText } from '../../ui/linked-text.tsx';

const useDates = (project: Project): string => {
  const { t } = useTranslation();
  const { day } = useFormats();
  const start = project.starting_date === '' ? '' : day(project.starting_date);
  const end = project.end_date === '' ? '' : day(project.end_date);
  if (start && end) {
    return t('home.between', { start, end });
  }
  if (start) {
    return t('home.from', { start });
  }
  return end ? t('home.until', { end }) : '';
};

/** Description, dates and the numbers of those who take part. */
export const ProjectFacts = ({
  project,
  children,
}: {
  readonly project: Project;
  readonly children?: ReactNode;
}) => {
  const { t } = useTranslation();
  const { number } = useFormats();
  const dates = useDates(project);
  return (
    <Card>
      <Text className="lines">
        {project.description ? <LinkedText text={project.description} /> : t('home.noDescription')}
      </Text>
      {dates ? (
        <Text size="sm">
          {t('home.dates')}: {dates}
        </Text>
      ) : null}
      <dl className="figures">
        <div>
          <dt>{t('home.sites')}</dt>
          <dd>{number(project.num_clients)}</dd>
        </div>
        <div>
          <dt>{t('home.organizations')}</dt>
          <dd>{number(project.num_orgs)}</dd>
        </div>
        <div>
          <dt>{t('home.users')}</dt>
          <dd>{number(project.num_users)}</dd>
        </div>
      </dl>
      {children}
    </Card>
  );
};
