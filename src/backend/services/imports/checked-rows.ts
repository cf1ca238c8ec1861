import type { z } from 'zod';
import type { ImportedRow } from '../../../contract/api/table-import.ts';
import { ApiError, type FieldProblem } from '../../../contract/errors.ts';
import { issueCode } from '../../../contract/issue-code.ts';
import { skeletonOf } from '../../../contract/similar-names.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { organizationNames } from '../../store/organizations.ts';
import { normalizeName } from '../names/normalize-name.ts';
import type { TableRow } from './read-table.ts';

const ALL = { q: '', offset: 0, limit: 10_000 } as const;

/** Path of a cell in `fields`. */
export const cellPath = (line: number, column: string): string => `lines.${line}.${column}`;

/** The first reason why a schema refuses a cell; an empty cell lacks its value. */
export const cellProblems = (path: string, value: string, schema: z.ZodType): readonly FieldProblem[] => {
  if (value === '') {
    return [{ path, code: 'missing', message: 'is missing' }];
  }
  const result = schema.safeParse(value);
  return result.success
    ? []
    : result.error.issues
        .slice(0, 1)
        .map((issue) => ({ path, message: issue.message, code: issueCode(issue) }));
};

/** Names each row whose cell, as names are compared, stands in an earlier row too. */
export const repeatedCells = <C extends string>(
  rows: readonly TableRow<C>[],
  column: C,
): readonly FieldProblem[] => {
  const seen = new Map<string, number>();
  return rows.flatMap(({ line, cells }): FieldProblem[] => {
    const key = normalizeName(cells[column] ?? '');
    const first = seen.get(key);
    if (key === '' || first === undefined) {
      seen.set(key, line);
      return [];
    }
    return [{ path: cellPath(line, column), code: 'duplicate', message: `stands in line ${first} already` }];
  });
};

/** Returns the rows of a table with what is wrong with each, and what is new about its organization. */
export const checkedRows = async (
  db: Reader | Trx,
  rows: readonly TableRow<string>[],
  problems: readonly FieldProblem[],
): Promise<ImportedRow[]> => {
  const names = await organizationNames(db, ALL);
  const known = new Set(names);
  const alike = new Map<string, string[]>();
  for (const name of names) {
    alike.set(skeletonOf(name), [...(alike.get(skeletonOf(name)) ?? []), name]);
  }
  return rows.map(({ line, cells }) => {
    const organization = cells['organization'] ?? '';
    const isNew = organization !== '' && !known.has(organization);
    return {
      line,
      cells: Object.fromEntries(Object.entries(cells).map(([column, text]) => [column, text ?? ''])),
      problems: problems.filter(({ path }) => path.startsWith(`lines.${line}.`)),
      new_organization: isNew,
      similar_organizations: isNew ? (alike.get(skeletonOf(organization)) ?? []) : [],
    };
  });
};

/** @throws ApiError `invalid` that names every wrong cell */
export const refuseWrongRows = (rows: readonly ImportedRow[]): void => {
  const fields = rows.flatMap((row) => row.problems);
  const [first] = fields;
  if (first !== undefined) {
    throw new ApiError('invalid', `${first.path} ${first.message}; nothing was imported`, { fields });
  }
};
