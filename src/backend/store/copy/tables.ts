import type { Reader } from '../database.ts';
import { ownTables } from '../own-tables.ts';

/** Tables that others refer to, in the order in which their rows must be inserted; every other table comes after. */
const REFERRED = ['organization', 'role', 'capacity', 'project', 'user', 'client'];

/** A table and its columns. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Columns that tell the rows apart and order them. */
  readonly key: readonly string[];
}

const rank = (name: string): number => {
  const at = REFERRED.indexOf(name);
  return at < 0 ? REFERRED.length : at;
};

/**
 * Returns the tables of a project in the order in which they can be filled.
 *
 * @param target decides on the columns: a source may have more, from another dashboard
 */
export const copiedTables = async (target: Reader): Promise<readonly CopiedTable[]> => {
  const tables = await ownTables(target);
  return tables
    .filter(({ isView }) => !isView)
    .map(({ name, columns }) => {
      const names = columns.map((column) => column.name);
      return { name, columns: names, key: names.includes('id') ? ['id'] : names.slice(0, 2) };
    })
    .sort((one, other) => rank(one.name) - rank(other.name) || (one.name < other.name ? -1 : 1));
};
