import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../api/views.ts';
import { ButtonLink } from '../../ui/link.tsx';
import { useSession } from '../session/session-context.ts';
import type { WayStep } from './way.tsx';

/** The steps that everybody takes: sent, approved, and kits that exist. */
export const useFirstSteps = (project: Project): readonly WayStep[] => {
  const { t } = useTranslation();
  const { user, role, approval } = useSession();
  const finished = role !== undefined && user !== undefined && user.organization !== '';
  return [
    {
      key: 'sent',
      title: finished ? t('way.sent') : t('way.unfinished'),
      state: finished ? 'done' : 'open',
      content: (
        <div>
          <ButtonLink to="/me">{t('way.toAccount')}</ButtonLink>
        </div>
      ),
    },
    {
      key: 'approved',
      title: approval === 'denied' ? t('way.denied') : t('way.approved'),
      state: approval === 'approved' ? 'done' : approval === 'denied' ? 'refused' : 'open',
      content: approval === 'denied' ? undefined : <Text size="sm">{t('way.approvedNext')}</Text>,
    },
    {
      key: 'frozen',
      title: t('way.frozen'),
      state: project.frozen ? 'done' : 'open',
      content: <Text size="sm">{t('way.frozenNext')}</Text>,
    },
  ];
};
