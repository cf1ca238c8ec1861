import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Overview, Project } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { TextLink } from '../../ui/link.tsx';
import { SOON_DAYS } from '../ledger/certificates-source.ts';

interface ToDoProps {
  readonly project: Project;
  readonly overview: Overview;
}

/** Shows what waits for the project admin; each line leads to the rows that it counts. */
export const ToDo = ({ project, overview }: ToDoProps) => {
  const { t } = useTranslation();
  const { users, sites, sites_without_kit: withoutKit, expiring, expired } = overview;
  const lines = [
    { count: users.pending + sites.pending, to: '/inbox', name: 'waiting' },
    { count: project.frozen ? withoutKit : 0, to: '/sites?state=approved&kit=none', name: 'withoutKit' },
    { count: expiring, to: `/certificates?soon=${SOON_DAYS}&sort=not_after`, name: 'expiring' },
    { count: expired, to: '/certificates?state=expired', name: 'expired' },
  ] as const;
  const open = lines.filter(({ count }) => count > 0);
  return (
    <Card title={t('overview.toDo')}>
      {open.length === 0 ? (
        <Text>{t('overview.nothingToDo')}</Text>
      ) : (
        <ul className="to-do">
          {open.map(({ count, to, name }) => (
            <li key={name}>
              <TextLink to={to}>{t(`overview.toDoItems.${name}`, { count })}</TextLink>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};
