import { Button, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import { isRole } from '../../../contract/roles.ts';
import { organizationQuery } from '../../api/queries.ts';
import type { User } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { ButtonLink, TextLink } from '../../ui/link.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { listQuery } from '../../ui/tables/list-source.ts';
import { ApprovalBadge } from '../approvals/approval-badge.tsx';
import { siteSubject, userSubject } from '../approvals/subject.ts';
import { SiteList } from '../details/site-list.tsx';
import { useDecision } from '../details/use-decision.tsx';
import { OrganizationCard } from './organization-card.tsx';
import { useSession } from '../session/session-context.ts';
import { SITES } from '../sites/sites-source.ts';
import { USERS } from '../users/users-source.ts';

/** More than an organization has; the lists of all users and sites show the others. */
const SHOWN = 100;

const People = ({ users, linked }: { readonly users: readonly User[]; readonly linked: boolean }) => {
  const { t } = useTranslation();
  return (
    <div className="scroll-x" role="group" aria-label={t('organizations.people')} tabIndex={0}>
      <Table className="cards">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('columns.name')}</Table.Th>
            <Table.Th scope="col">{t('columns.email')}</Table.Th>
            <Table.Th scope="col">{t('columns.role')}</Table.Th>
            <Table.Th scope="col">{t('columns.approval')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {users.map((user) => (
            <Table.Tr key={user.id}>
              <Table.Td data-label={t('columns.name')}>
                {linked ? (
                  <TextLink to={`/users/${user.id}`}>{user.name || user.email}</TextLink>
                ) : (
                  user.name || user.email
                )}
              </Table.Td>
              <Table.Td data-label={t('columns.email')}>{user.email}</Table.Td>
              <Table.Td data-label={t('columns.role')}>
                {isRole(user.role) ? t(`roles.${user.role}`) : t('roles.unset')}
              </Table.Td>
              <Table.Td data-label={t('columns.approval')}>
                <ApprovalBadge state={user.approval_state} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
};

const waits = (row: { readonly approval_state: number }): boolean =>
  approvalOf(row.approval_state) === 'pending';

/** The people and sites of an organization, and what waits there. */
export const OrganizationView = ({ name }: { readonly name: string }) => {
  const { t } = useTranslation();
  const { user, role } = useSession();
  const { decide, dialog } = useDecision();
  const admin = role === 'project_admin';
  const request = { text: '', facets: { organization: name }, offset: 0, limit: SHOWN };
  const insider = admin || user?.organization === name;
  const details = useQuery(organizationQuery(name));
  const people = useQuery({ ...listQuery(USERS, { ...request, sort: 'name' }), enabled: insider });
  const sites = useQuery(listQuery(SITES, { ...request, sort: 'name' }));
  const waiting = [
    ...(people.data?.rows ?? []).filter(waits).map(userSubject),
    ...(sites.data?.rows ?? []).filter(waits).map(siteSubject),
  ];
  const query = new URLSearchParams({ organization: name }).toString();
  return (
    <>
      <PageHead title={details.data?.display_name || name} lead={t('organizations.one')}>
        {admin && waiting.length > 0 ? (
          <Button
            onClick={() => {
              decide('approve', waiting);
            }}
          >
            {t('organizations.approve', { count: waiting.length })}
          </Button>
        ) : null}
      </PageHead>
      {details.data === undefined ? null : <OrganizationCard organization={details.data} admin={admin} />}
      <Card title={t('list.sites')}>
        <Loaded query={sites}>
          {({ rows, total }) => (
            <>
              {rows.length === 0 ? <Text>{t('organizations.noSites')}</Text> : <SiteList sites={rows} />}
              {admin && total > rows.length ? (
                <div>
                  <ButtonLink to={`/sites?${query}`} variant="default">
                    {t('organizations.allSites', { count: total })}
                  </ButtonLink>
                </div>
              ) : null}
            </>
          )}
        </Loaded>
      </Card>
      {insider ? (
        <Card title={t('organizations.people')}>
          <Loaded query={people}>
            {({ rows, total }) => (
              <>
                {rows.length === 0 ? (
                  <Text>{t('organizations.noPeople')}</Text>
                ) : (
                  <People users={rows} linked={admin} />
                )}
                {admin && total > rows.length ? (
                  <div>
                    <ButtonLink to={`/users?${query}`} variant="default">
                      {t('organizations.allPeople', { count: total })}
                    </ButtonLink>
                  </div>
                ) : null}
              </>
            )}
          </Loaded>
        </Card>
      ) : null}
      {dialog}
    </>
  );
};
