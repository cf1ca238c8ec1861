import { Menu, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import { isRole, ROLES } from '../../../contract/roles.ts';
import type { Decision, User } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { TextLink } from '../../ui/link.tsx';
import { ApprovalBadge } from '../approvals/approval-badge.tsx';
import { BulkBar } from '../approvals/bulk-bar.tsx';
import { DecisionDialog } from '../approvals/decision-dialog.tsx';
import { useApprovalFacet } from '../approvals/use-approval-facet.ts';
import { RowMenu } from '../approvals/row-menu.tsx';
import { userSubject, type Subject } from '../approvals/subject.ts';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { useCellLabel } from '../../ui/tables/cell-label.ts';
import { DataTable } from '../../ui/tables/data-table.tsx';
import { EditableCell } from '../../ui/tables/editable-cell.tsx';
import { PasswordLinkDialog } from '../password-links/password-link-dialog.tsx';
import type { Column } from '../../ui/tables/rows-table.tsx';
import { useSession } from '../session/session-context.ts';
import { ResetFactorDialog } from './reset-factor-dialog.tsx';
import { OrganizationDialog } from './organization-dialog.tsx';
import { RoleDialog } from './role-dialog.tsx';
import { useChangeUser } from './use-change-user.ts';
import { USERS } from './users-source.ts';

type Asked =
  | {
      readonly what: 'decision';
      readonly decision: Decision['decision'];
      readonly subjects: readonly Subject[];
    }
  | { readonly what: 'password'; readonly user: User }
  | { readonly what: 'role' | 'organization'; readonly user: User; readonly value: string }
  | { readonly what: 'second factor'; readonly user: User };

const useColumns = (ownId: number, ask: (asked: Asked) => void): readonly Column<User>[] => {
  const { t } = useTranslation();
  const { day, number } = useFormats();
  const cellLabel = useCellLabel();
  const check = useNameCheck();
  const change = useChangeUser();
  return useMemo(() => {
    const roles = ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }));
    const roleOf = (user: User) => (isRole(user.role) ? t(`roles.${user.role}`) : t('roles.unset'));
    return [
      {
        id: 'name',
        header: t('columns.name'),
        cell: (user) => (
          <div className="breakable">
            <TextLink to={`/users/${user.id}`}>{user.name || user.email}</TextLink>
            <Text size="sm" c="dimmed">
              {user.email}
            </Text>
          </div>
        ),
      },
      {
        id: 'organization',
        header: t('columns.organization'),
        cell: (user) => (
          <EditableCell
            value={user.organization}
            label={cellLabel(t('columns.organization'), user.email, user.organization)}
            check={(value) => check('organization', value)}
            asks={user.download_count > 0}
            save={async (organization) => {
              // A kit that is out carries the present organization: that is said before.
              if (user.download_count > 0) {
                ask({ what: 'organization', user, value: organization });
              } else {
                await change(user, { organization });
              }
            }}
          />
        ),
      },
      {
        id: 'role',
        header: t('columns.role'),
        cell: (user) => (
          <EditableCell
            value={user.role}
            label={cellLabel(t('columns.role'), user.email, roleOf(user))}
            choices={user.role === '' ? [{ value: '', label: t('roles.unset') }, ...roles] : roles}
            check={(value) => (value === '' ? t('check.required') : null)}
            asks
            save={(role) => {
              ask({ what: 'role', user, value: role });
              return Promise.resolve();
            }}
          />
        ),
      },
      {
        id: 'created_at',
        header: t('columns.created'),
        cell: (user) => <span className="whole">{day(user.created_at)}</span>,
      },
      {
        id: 'approval_state',
        header: t('columns.approval'),
        cell: (user) => <ApprovalBadge state={user.approval_state} />,
      },
      {
        id: 'download_count',
        header: t('columns.downloads'),
        numeric: true,
        cell: (user) => number(user.download_count),
      },
      {
        id: 'actions',
        header: t('common.actions'),
        sortable: false,
        cell: (user) =>
          user.id === ownId ? null : (
            <RowMenu
              label={t('table.rowActions', { name: user.email })}
              approval={approvalOf(user.approval_state)}
              onDecide={(decision) => {
                ask({ what: 'decision', decision, subjects: [userSubject(user)] });
              }}
            >
              <Menu.Item
                onClick={() => {
                  ask({ what: 'password', user });
                }}
              >
                {t('links.passwordLink')}
              </Menu.Item>
              {user.second_factor === true ? (
                <Menu.Item
                  onClick={() => {
                    ask({ what: 'second factor', user });
                  }}
                >
                  {t('factor.reset')}
                </Menu.Item>
              ) : null}
            </RowMenu>
          ),
      },
    ];
  }, [t, day, number, cellLabel, check, change, ask, ownId]);
};

/** All users; the project admin edits, approves, denies and deletes them here, one or many. */
export const UsersTable = () => {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const { user: me } = useSession();
  const approval = useApprovalFacet();
  const columns = useColumns(me?.id ?? 0, setAsked);
  const close = () => {
    setAsked(undefined);
  };
  return (
    <>
      <DataTable
        label={t('users.title')}
        source={USERS}
        columns={columns}
        facets={[
          approval,
          {
            key: 'role',
            label: t('columns.role'),
            choices: ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) })),
          },
          { key: 'organization', label: t('columns.organization') },
        ]}
        hint={t('list.usersHint')}
        nameOf={(user) => user.email}
        csv={{
          file: 'users.csv',
          head: ['name', 'email', 'organization', 'role', 'created_at', 'approval', 'reason', 'downloads'],
          cells: (user) => [
            user.name,
            user.email,
            user.organization,
            user.role,
            new Date(user.created_at).toISOString(),
            approvalOf(user.approval_state),
            user.approval_reason,
            user.download_count,
          ],
        }}
        bulk={({ chosen, total, selectAll, clear }) => (
          <BulkBar
            count={chosen.length}
            total={total}
            {...(selectAll ? { onSelectAll: selectAll } : {})}
            onClear={clear}
            onDecide={(decision) => {
              setAsked({
                what: 'decision',
                decision,
                subjects: chosen.map(userSubject),
              });
            }}
          />
        )}
      />
      {asked?.what === 'decision' ? (
        <DecisionDialog decision={asked.decision} subjects={asked.subjects} onClose={close} />
      ) : null}
      {asked?.what === 'password' ? <PasswordLinkDialog user={asked.user} onClose={close} /> : null}
      {asked?.what === 'second factor' ? <ResetFactorDialog user={asked.user} onClose={close} /> : null}
      {asked?.what === 'role' ? <RoleDialog user={asked.user} role={asked.value} onClose={close} /> : null}
      {asked?.what === 'organization' ? (
        <OrganizationDialog user={asked.user} organization={asked.value} onClose={close} />
      ) : null}
    </>
  );
};
