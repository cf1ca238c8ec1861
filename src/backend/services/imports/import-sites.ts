import { z } from 'zod';
import { PENDING } from '../../../contract/approval.ts';
import { SITE_COLUMNS, type ImportedRow, type SitesImport } from '../../../contract/api/table-import.ts';
import { CapacityInput } from '../../../contract/api/user.ts';
import type { FieldProblem } from '../../../contract/errors.ts';
import { FreeText } from '../../../contract/free-text.ts';
import { OrganizationName, SiteName } from '../../../contract/names.ts';
import { authorizeUser, isAllowed } from '../../auth/authorization.ts';
import type { Principal, Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { requireRoomForSites } from '../approvals/pending-limits.ts';
import { nameConflicts } from '../names/require-free-name.ts';
import { announceRequest } from '../outbox/announce.ts';
import { registerSite } from '../sites/register-site.ts';
import { siteOwnerId } from '../sites/site-owner.ts';
import { requirePrincipal } from '../sites/sites.ts';
import { cellPath, cellProblems, checkedRows, refuseWrongRows, repeatedCells } from './checked-rows.ts';
import { readTable, type TableRow } from './read-table.ts';
import { creatorOfSite } from '../sites/creator-of-site.ts';

type SiteRow = TableRow<(typeof SITE_COLUMNS)[number]>;

const COUNTS = ['num_of_gpus', 'mem_per_gpu_in_GiB'] as const;
const { num_of_gpus, mem_per_gpu_in_GiB } = CapacityInput.shape;
const COUNT = { num_of_gpus, mem_per_gpu_in_GiB } as const;
const Digits = z.string().regex(/^\d+$/).transform(Number);

/** The organization of a row; an org admin's own where the row names none. */
const organizationOf = ({ cells }: SiteRow, principal: Principal): string =>
  cells.organization === undefined || cells.organization === '' ? principal.organization : cells.organization;

const countProblems = ({ line, cells }: SiteRow): readonly FieldProblem[] =>
  COUNTS.filter((column) => {
    const text = cells[column] ?? '';
    return text !== '' && !Digits.pipe(COUNT[column].unwrap()).safeParse(text).success;
  }).map((column) => ({
    path: cellPath(line, column),
    code: 'whole_number',
    message: 'is no whole number in range',
  }));

const ownProblems = (row: SiteRow, principal: Principal): readonly FieldProblem[] => {
  const { line, cells } = row;
  const organization = organizationOf(row, principal);
  const administers = isAllowed(principal, 'clients.administer');
  const isForeign = !administers && organization !== principal.organization;
  const isAssigned = !administers && (cells.owner ?? '') !== '' && cells.owner !== principal.email;
  const adminOnly = { code: 'admin_only', message: 'can be chosen by the project admin only' } as const;
  return [
    ...cellProblems(cellPath(line, 'name'), cells.name ?? '', SiteName),
    ...cellProblems(cellPath(line, 'organization'), organization, OrganizationName),
    ...(isForeign ? [{ path: cellPath(line, 'organization'), ...adminOnly }] : []),
    ...(isAssigned ? [{ path: cellPath(line, 'owner'), ...adminOnly }] : []),
    ...((cells.description ?? '') === ''
      ? []
      : cellProblems(cellPath(line, 'description'), cells.description ?? '', FreeText)),
    ...countProblems(row),
  ];
};

const ownerProblems = async (
  db: Reader | Trx,
  row: SiteRow,
  principal: Principal,
): Promise<readonly FieldProblem[]> => {
  const { owner = '' } = row.cells;
  const organization = organizationOf(row, principal);
  const isOwner =
    owner === '' || owner === principal.email || (await siteOwnerId(db, owner, organization)) !== undefined;
  const message = `is not an approved org admin of ${organization}`;
  return isOwner ? [] : [{ path: cellPath(row.line, 'owner'), code: 'not_org_admin', message }];
};

const conflicts = async (
  db: Reader | Trx,
  rows: readonly SiteRow[],
  principal: Principal,
): Promise<readonly FieldProblem[]> => {
  const problems: FieldProblem[] = [];
  for (const organization of new Set(rows.map((row) => organizationOf(row, principal)))) {
    const claimant = { kind: 'client', id: undefined, holder: '', organization } as const;
    const claims = rows
      .filter((row) => organizationOf(row, principal) === organization)
      .map(
        ({ line, cells }) =>
          ({ name: cells.name ?? '', use: 'participant', path: cellPath(line, 'name') }) as const,
      );
    problems.push(...(await nameConflicts(db, claimant, claims)));
  }
  return problems;
};

const problemsOf = async (
  db: Reader | Trx,
  rows: readonly SiteRow[],
  principal: Principal,
): Promise<readonly FieldProblem[]> => {
  const own = rows.flatMap((row) => ownProblems(row, principal));
  const sound = rows.filter(({ line }) => !own.some(({ path }) => path.startsWith(`lines.${line}.`)));
  const owners: FieldProblem[] = [];
  for (const row of sound) {
    owners.push(...(await ownerProblems(db, row, principal)));
  }
  return [...own, ...repeatedCells(rows, 'name'), ...owners, ...(await conflicts(db, sound, principal))];
};

const countOf = (text: string | undefined): number => (text === undefined || text === '' ? 0 : Number(text));

/**
 * Registers the sites of a table, all or none; they wait for approval then.
 *
 * @returns the rows with what is wrong with each, where nothing was to be changed
 * @throws ApiError `unauthorized`, `invalid` naming what is wrong with each line, `too_many_requests`
 */
export const importSites = async (
  context: ServiceContext,
  requester: Requester,
  { csv, dry_run: dryRun }: SitesImport,
): Promise<{ readonly rows: ImportedRow[] }> => {
  const principal = requirePrincipal(requester);
  authorizeUser(principal, 'clients.create', principal.organization === '' ? 'foreign' : 'organization');
  const administers = isAllowed(principal, 'clients.administer');
  const required = administers ? (['name', 'organization'] as const) : (['name'] as const);
  const table = readTable(csv, { known: SITE_COLUMNS, required });
  const check = async (db: Reader | Trx) => checkedRows(db, table, await problemsOf(db, table, principal));
  if (dryRun) {
    return { rows: await check(context.db.reader) };
  }
  return change(context, requester, async (trx, audit) => {
    const rows = await check(trx);
    refuseWrongRows(rows);
    await requireRoomForSites(trx, principal, rows.length);
    for (const row of table) {
      const { name = '', owner = '', description } = row.cells;
      const organization = organizationOf(row, principal);
      const capacity = {
        num_of_gpus: countOf(row.cells.num_of_gpus),
        mem_per_gpu_in_GiB: countOf(row.cells.mem_per_gpu_in_GiB),
      };
      const creatorId =
        (owner === '' ? undefined : await siteOwnerId(trx, owner, organization)) ??
        (await creatorOfSite(trx, principal.id));
      const site = { name, organization, description, capacity, creatorId, approvalState: PENDING };
      await registerSite({ trx, audit }, site, context.now());
      if (!administers) {
        await announceRequest(context, trx, { kind: 'site', name, organization });
      }
    }
    return { rows };
  });
};
