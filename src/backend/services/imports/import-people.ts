import type { NewInvitation } from '../../../contract/api/invitation.ts';
import { INVITED_ROLES } from '../../../contract/invitation-limits.ts';
import { PEOPLE_COLUMNS, type ImportedRow, type PeopleImport } from '../../../contract/api/table-import.ts';
import type { FieldProblem } from '../../../contract/errors.ts';
import { Email, OrganizationName } from '../../../contract/names.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { invitedEmails } from '../../store/invitations.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { addInvitation, requireRoomForInvitations } from '../invitations/invitations.ts';
import { nameConflicts } from '../names/require-free-name.ts';
import { cellPath, cellProblems, checkedRows, refuseWrongRows, repeatedCells } from './checked-rows.ts';
import { readTable, type TableRow } from './read-table.ts';

type PeopleRow = TableRow<(typeof PEOPLE_COLUMNS)[number]>;

const SOMEBODY_NEW = { kind: 'user', id: undefined, holder: '', organization: '' } as const;

/** As spreadsheets hold it: `Org admin` is `org_admin`. */
const roleOf = (text: string) =>
  INVITED_ROLES.find((role) => role === text.toLowerCase().replace(/[\s-]+/g, '_'));

const ownProblems = ({ line, cells }: PeopleRow): readonly FieldProblem[] => {
  const { email = '', organization = '', role = '' } = cells;
  const path = cellPath(line, 'role');
  return [
    ...cellProblems(cellPath(line, 'email'), email, Email),
    ...cellProblems(cellPath(line, 'organization'), organization, OrganizationName),
    ...(role === '' ? [{ path, code: 'missing' as const, message: 'is missing' }] : []),
    ...(role !== '' && roleOf(role) === undefined
      ? [{ path, code: 'unknown_role' as const, message: `is none of ${INVITED_ROLES.join(', ')}` }]
      : []),
  ];
};

const problemsOf = async (
  db: Reader | Trx,
  rows: readonly PeopleRow[],
  now: Date,
): Promise<readonly FieldProblem[]> => {
  const own = rows.flatMap(ownProblems);
  const named = rows
    .map(({ line, cells }) => ({ path: cellPath(line, 'email'), name: cells.email ?? '' }))
    .filter(({ path, name }) => name !== '' && !own.some((problem) => problem.path === path));
  const emails = named.map(({ name }) => name.toLowerCase());
  const invited = emails.length === 0 ? new Set<string>() : await invitedEmails(db, emails, toTimestamp(now));
  return [
    ...own,
    ...repeatedCells(rows, 'email'),
    ...(await nameConflicts(
      db,
      SOMEBODY_NEW,
      named.map((claim) => ({ ...claim, use: 'participant' })),
    )),
    ...named
      .filter(({ name }) => invited.has(name.toLowerCase()))
      .map(({ path }) => ({ path, code: 'invited' as const, message: 'has an invitation that is open' })),
  ];
};

/**
 * Invites the people of a table, all or none.
 *
 * @returns the rows with what is wrong with each, where nothing was to be changed
 * @throws ApiError `invalid` naming what is wrong with each line, `conflicting` where there would be too many
 */
export const importPeople = async (
  context: ServiceContext,
  requester: Requester,
  { csv, dry_run: dryRun, expires_in_days: days, language }: PeopleImport,
): Promise<{ readonly rows: ImportedRow[]; readonly invitations: NewInvitation[] }> => {
  const principal = authorizeUser(requester.principal, 'invitations.create');
  const table = readTable(csv, { known: PEOPLE_COLUMNS, required: PEOPLE_COLUMNS });
  const check = async (db: Reader | Trx) =>
    checkedRows(db, table, await problemsOf(db, table, context.now()));
  if (dryRun) {
    return { rows: await check(context.db.reader), invitations: [] };
  }
  return change(context, requester, async (trx, audit) => {
    const rows = await check(trx);
    refuseWrongRows(rows);
    await requireRoomForInvitations(trx, rows.length);
    const invitations: NewInvitation[] = [];
    for (const { email = '', organization = '', role = '' } of table.map(({ cells }) => cells)) {
      const invited = { email, organization, role: roleOf(role) ?? 'member', uses: 1, days, language };
      invitations.push(await addInvitation(context, { trx, audit }, principal, invited));
    }
    return { rows, invitations };
  });
};
