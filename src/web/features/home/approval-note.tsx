import { Alert, Text } from '@mantine/core';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { TextLink } from '../../ui/link.tsx';
import { PATHS } from '../../ui/page-list.ts';
import { MEMBERS_PARTS } from './members-parts.ts';
import { lazyPart } from '../../ui/lazy-part.ts';
import { useSession } from '../session/session-context.ts';

const RequestMessages = lazyPart(MEMBERS_PARTS.messages);

/** Shows how one's own request stands, as long as it is not approved. */
export const ApprovalNote = () => {
  const { t } = useTranslation();
  const { user, role, approval } = useSession();
  const { pathname } = useLocation();
  if (!user || approval === 'approved') {
    return null;
  }
  if (approval === 'denied') {
    return (
      <Alert color="red" variant="outline" title={t('home.deniedTitle')}>
        {user.approval_reason ? t('session.reason', { reason: user.approval_reason }) : t('session.noReason')}
      </Alert>
    );
  }
  const finished = role !== undefined && user.organization !== '';
  return (
    <Alert
      color="yellow"
      variant="outline"
      title={finished ? t('home.pendingTitle') : t('home.unfinishedTitle')}
    >
      <Text size="sm">{finished ? t('home.pendingLead') : t('home.unfinishedLead')}</Text>
      {finished || pathname === PATHS.me ? null : <TextLink to={PATHS.me}>{t('nav.me')}</TextLink>}
      <Suspense>
        <RequestMessages userId={user.id} side="person" waits />
      </Suspense>
    </Alert>
  );
};
