import { SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import { isRole } from '../../../contract/roles.ts';
import { ownedSitesQuery } from '../../api/queries.ts';
import type { Project, User } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import { TextLink } from '../../ui/link.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { ApprovalBadge } from '../approvals/approval-badge.tsx';
import { RowMenu } from '../approvals/row-menu.tsx';
import { userSubject } from '../approvals/subject.ts';
import { CertificatesOf } from '../details/certificates-of.tsx';
import { History } from '../details/history.tsx';
import { KitButton } from '../details/kit-button.tsx';
import { SiteList } from '../details/site-list.tsx';
import { useDecision } from '../details/use-decision.tsx';
import { organizationPath } from '../organizations/organization-path.ts';
import { RequestMessages } from '../request-messages/request-messages.tsx';
import { useSession } from '../session/session-context.ts';

interface UserViewProps {
  readonly user: User;
  readonly project: Project;
}

const UserFacts = ({ user }: { readonly user: User }) => {
  const { t } = useTranslation();
  const { moment, number } = useFormats();
  return (
    <FactList
      facts={[
        [t('me.email'), user.email],
        [
          t('me.state'),
          <>
            <ApprovalBadge state={user.approval_state} />
            {user.approval_reason ? (
              <Text size="sm" className="lines">
                {t('session.reason', { reason: user.approval_reason })}
              </Text>
            ) : null}
          </>,
        ],
        [
          t('me.organization'),
          user.organization ? (
            <TextLink to={organizationPath(user.organization)}>{user.organization}</TextLink>
          ) : (
            ''
          ),
        ],
        [t('me.role'), isRole(user.role) ? t(`roles.${user.role}`) : t('roles.unset')],
        [t('me.description'), user.description],
        ...(user.terms_version === ''
          ? []
          : [
              [
                t('face.accepted'),
                t('face.acceptedOn', { version: user.terms_version, on: moment(user.terms_accepted_at) }),
              ] as const,
            ]),
        [t('me.created'), moment(user.created_at)],
        [t('columns.downloads'), number(user.download_count)],
      ]}
    />
  );
};

/** All that is known of a person, and what can be done with the account. */
export const UserView = ({ user, project }: UserViewProps) => {
  const { t } = useTranslation();
  const { user: me } = useSession();
  const { decide, dialog } = useDecision();
  const sites = useQuery(ownedSitesQuery(user.id));
  const ready = project.frozen && approvalOf(user.approval_state) === 'approved' && user.organization !== '';
  return (
    <>
      <PageHead title={user.name || user.email} lead={t('details.person')}>
        {ready ? <KitButton source={{ kind: 'user', id: user.id, name: user.email }} /> : null}
        {user.id === me?.id ? null : (
          <RowMenu
            label={t('table.rowActions', { name: user.email })}
            approval={approvalOf(user.approval_state)}
            onDecide={(decision) => {
              decide(decision, [userSubject(user)]);
            }}
          />
        )}
      </PageHead>
      <SimpleGrid cols={{ base: 1, md: 2 }} className="top-aligned">
        <Card title={t('details.facts')}>
          <UserFacts user={user} />
        </Card>
        <History target={`user:${user.email}`} />
      </SimpleGrid>
      {user.id === me?.id ? null : (
        <Card title={t('requestMessages.title')}>
          <RequestMessages
            userId={user.id}
            side="admin"
            waits={approvalOf(user.approval_state) === 'pending'}
          />
        </Card>
      )}
      <Card title={t('details.sites')}>
        <Loaded query={sites}>
          {(owned) => (owned.length === 0 ? <Text>{t('details.noSites')}</Text> : <SiteList sites={owned} />)}
        </Loaded>
      </Card>
      <CertificatesOf holder="user" id={user.id} />
      {dialog}
    </>
  );
};
