import { Menu, Text } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import { isRole, ROLES } from '../../../contract/roles.ts';
import type { Decision, Site, User } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { ApprovalBadge } from '../approvals/approval-badge.tsx';
import { BulkBar } from '../approvals/bulk-bar.tsx';
import { DecisionDialog } from '../approvals/decision-dialog.tsx';
import { RowMenu } from '../approvals/row-menu.tsx';
import { userSubject, type Subject } from '../approvals/subject.ts';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { useCellLabel } from '../../ui/tables/cell-label.ts';
import { DataTable } from '../../ui/tables/data-table.tsx';
import { EditableCell } from '../../ui/tables/editable-cell.tsx';
import { PasswordLinkDialog } from '../password-links/password-link-dialog.tsx';
import { useSession } from '../session/session-context.ts';
import { OrganizationDialog } from './organization-dialog.tsx';
import { RoleDialog } from './role-dialog.tsx';
import { useChangeUser } from './use-change-user.ts';

type Asked =
  | {
      readonly what: 'decision';
      readonly decision: Decision['decision'];
      readonly subjects: readonly Subject[];
    }
  | { readonly what: 'password'; readonly user: User }
  | { readonly what: 'role' | 'organization'; readonly user: User; readonly value: string };

const useColumns = (
  sites: readonly Site[],
  ownId: number,
  ask: (asked: Asked) => void,
): ColumnDef<User, string>[] => {
  const { t } = useTranslation();
  const { day } = useFormats();
  const cellLabel = useCellLabel();
  const check = useNameCheck();
  const change = useChangeUser();
  return useMemo(() => {
    const roles = ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }));
    const roleOf = (user: User) => (isRole(user.role) ? t(`roles.${user.role}`) : t('roles.unset'));
    return [
      {
        id: 'name',
        accessorKey: 'name',
        header: t('columns.name'),
        cell: ({ row: { original: user } }) => (
          <div>
            <div>{user.name}</div>
            <Text size="sm" c="dimmed">
              {user.email}
            </Text>
          </div>
        ),
      },
      {
        id: 'organization',
        accessorKey: 'organization',
        header: t('columns.organization'),
        cell: ({ row: { original: user } }) => (
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
        accessorKey: 'role',
        header: t('columns.role'),
        cell: ({ row: { original: user } }) => (
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
        id: 'created',
        accessorFn: (user) => new Date(user.created_at).toISOString(),
        header: t('columns.created'),
        cell: ({ row }) => <span className="whole">{day(row.original.created_at)}</span>,
      },
      {
        id: 'approval',
        accessorFn: (user) => approvalOf(user.approval_state),
        header: t('columns.approval'),
        cell: ({ row }) => <ApprovalBadge state={row.original.approval_state} />,
      },
      {
        id: 'downloads',
        accessorFn: (user) => String(user.download_count),
        header: t('columns.downloads'),
        sortingFn: 'alphanumeric',
      },
      {
        id: 'actions',
        header: t('common.actions'),
        enableSorting: false,
        cell: ({ row: { original: user } }) =>
          user.id === ownId ? null : (
            <RowMenu
              label={t('table.rowActions', { name: user.email })}
              approval={approvalOf(user.approval_state)}
              onDecide={(decision) => {
                ask({ what: 'decision', decision, subjects: [userSubject(user, sites)] });
              }}
            >
              <Menu.Item
                onClick={() => {
                  ask({ what: 'password', user });
                }}
              >
                {t('links.passwordLink')}
              </Menu.Item>
            </RowMenu>
          ),
      },
    ];
  }, [t, day, cellLabel, check, change, ask, sites, ownId]);
};

/** All users; the project admin edits, approves, denies and deletes them here, one or many. */
export const UsersTable = ({
  users,
  sites,
}: {
  readonly users: readonly User[];
  readonly sites: readonly Site[];
}) => {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const { user: me } = useSession();
  const columns = useColumns(sites, me?.id ?? 0, setAsked);
  const close = () => {
    setAsked(undefined);
  };
  return (
    <>
      <DataTable
        label={t('users.title')}
        rows={users}
        columns={columns}
        nameOf={(user) => user.email}
        textOf={(user) => `${user.name} ${user.email} ${user.organization} ${user.role}`}
        csv={{
          file: 'users.csv',
          head: ['name', 'email', 'organization', 'role', 'created_at', 'approval', 'downloads'],
          cells: (user) => [
            user.name,
            user.email,
            user.organization,
            user.role,
            user.created_at,
            approvalOf(user.approval_state),
            user.download_count,
          ],
        }}
        bulk={({ chosen, total, selectAll, clear }) => (
          <BulkBar
            count={chosen.length}
            total={total}
            onSelectAll={selectAll}
            onClear={clear}
            onDecide={(decision) => {
              setAsked({
                what: 'decision',
                decision,
                subjects: chosen.map((user) => userSubject(user, sites)),
              });
            }}
          />
        )}
      />
      {asked?.what === 'decision' ? (
        <DecisionDialog decision={asked.decision} subjects={asked.subjects} onClose={close} />
      ) : null}
      {asked?.what === 'password' ? <PasswordLinkDialog user={asked.user} onClose={close} /> : null}
      {asked?.what === 'role' ? <RoleDialog user={asked.user} role={asked.value} onClose={close} /> : null}
      {asked?.what === 'organization' ? (
        <OrganizationDialog user={asked.user} organization={asked.value} onClose={close} />
      ) : null}
    </>
  );
};
