import type { ColumnDef } from '@tanstack/react-table';
import { useCallback, useMemo, useState } from 'react';
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
import { useChangeUser } from './use-change-user.ts';

interface Asked {
  readonly decision: Decision['decision'];
  readonly subjects: readonly Subject[];
}

const useColumns = (ask: (decision: Decision['decision'], user: User) => void): ColumnDef<User, string>[] => {
  const { t } = useTranslation();
  const { day } = useFormats();
  const cellLabel = useCellLabel();
  const check = useNameCheck();
  const change = useChangeUser();
  return useMemo(() => {
    const roles = ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }));
    const roleOf = (user: User) => (isRole(user.role) ? t(`roles.${user.role}`) : t('roles.unset'));
    return [
      { id: 'name', accessorKey: 'name', header: t('columns.name') },
      { id: 'email', accessorKey: 'email', header: t('columns.email') },
      {
        id: 'organization',
        accessorKey: 'organization',
        header: t('columns.organization'),
        cell: ({ row: { original: user } }) => (
          <EditableCell
            value={user.organization}
            label={cellLabel(t('columns.organization'), user.email, user.organization)}
            check={(value) => check('organization', value)}
            save={(organization) => change(user.id, { organization })}
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
            save={(role) => change(user.id, { role })}
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
        cell: ({ row: { original: user } }) => (
          <RowMenu
            label={t('table.rowActions', { name: user.email })}
            onDecide={(decision) => {
              ask(decision, user);
            }}
          />
        ),
      },
    ];
  }, [t, day, cellLabel, check, change, ask]);
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
  const ask = useCallback(
    (decision: Decision['decision'], user: User) => {
      setAsked({ decision, subjects: [userSubject(user, sites)] });
    },
    [sites],
  );
  const columns = useColumns(ask);
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
        bulk={(chosen) => (
          <BulkBar
            count={chosen.length}
            onDecide={(decision) => {
              setAsked({ decision, subjects: chosen.map((user) => userSubject(user, sites)) });
            }}
          />
        )}
      />
      {asked ? (
        <DecisionDialog
          {...asked}
          onClose={() => {
            setAsked(undefined);
          }}
        />
      ) : null}
    </>
  );
};
