import { APPROVED, PENDING } from '../../../contract/approval.ts';
import type { Props } from '../../../contract/kit.ts';
import { capacityOf, propsOf } from '../stored-json.ts';
import type { TableDefinitions } from '../table-definitions.ts';
import { JSON_COLUMNS, kindsOf, NEEDED, type SharedTable } from './odd-values.ts';
import { understoodValue } from './understood-value.ts';

export type Row = Readonly<Record<string, unknown>>;

const DEFAULT = / DEFAULT (?:'(.*)'|(\d+))$/;
const MAX_WAS = 2048;

/** Texts that belong in no log. */
const SECRET: ReadonlySet<string> = new Set(['password_hash']);

export interface Note {
  readonly field: string;
  readonly was: string;
  readonly done: string;
}

/** Returns a value as it is shown to people. */
const shown = (value: unknown): string => {
  const text = value instanceof Uint8Array ? `x'${Buffer.from(value).toString('hex')}'` : value;
  return (typeof text === 'string' || typeof text === 'number' ? String(text) : 'NULL').slice(0, MAX_WAS);
};

/** A row under repair: its values as they will be, and what was done. */
export class RepairedRow {
  readonly id: number;
  readonly #stored: Row;
  readonly #change: Record<string, string | number> = {};
  readonly #notes: Note[] = [];

  constructor(row: Row) {
    this.id = Number(row['id']);
    this.#stored = row;
  }

  get change(): Readonly<Record<string, string | number>> {
    return this.#change;
  }

  get notes(): readonly Note[] {
    return this.#notes;
  }

  value(field: string): unknown {
    return this.#change[field] ?? this.#stored[field];
  }

  set(field: string, value: string | number, done = `is now ${value === '' ? 'empty' : value}`): void {
    const was = SECRET.has(field) ? '' : shown(this.value(field));
    this.#change[field] = value;
    this.#notes.push({ field, was, done });
  }

  /** Never gives an approval that was not there. */
  withdrawApproval(because: string): void {
    if (Number(this.value('approval_state')) >= APPROVED) {
      this.set('approval_state', PENDING, `is now ${PENDING}: waits for approval, as ${because}`);
    }
  }
}

const defaultOf = (type: string): string | number => {
  const [, text, number] = DEFAULT.exec(type) ?? [];
  return number === undefined ? (text ?? '') : Number(number);
};

/** A frozen project has a root CA. */
const fallbackOf = (row: RepairedRow, field: string, type: string): string | number => {
  if (field !== 'frozen') {
    return defaultOf(type);
  }
  const key = row.value('root_key');
  return (typeof key === 'string' || key instanceof Uint8Array) && key.length > 0 ? 1 : 0;
};

/** Gives each value the type of its column; what has no obvious meaning becomes the column's default. */
export const repairTypes = (row: RepairedRow, tables: TableDefinitions, table: SharedTable): void => {
  for (const [field, kind] of kindsOf(tables, table)) {
    const value = row.value(field);
    const understood = understoodValue(kind, value);
    if (value !== null && understood !== value) {
      row.set(field, understood ?? fallbackOf(row, field, tables[table]?.[field] ?? ''));
    }
  }
  for (const field of NEEDED[table]) {
    if (row.value(field) === null) {
      row.set(field, defaultOf(tables[table]?.[field] ?? ''));
    }
  }
};

const isSound = ({ num_of_gpus: gpus, mem_per_gpu_in_GiB: memory }: Props): boolean =>
  [gpus, memory].every((one) => one === undefined || Number.isInteger(one));

/** Empties what is no JSON object, and turns texts into numbers in a capacity. */
export const repairJson = (row: RepairedRow, table: SharedTable): void => {
  for (const field of JSON_COLUMNS[table]) {
    const text = row.value(field);
    if (typeof text !== 'string' || text === '') {
      continue;
    }
    const object = propsOf(text);
    if (object === undefined) {
      row.set(field, '', 'is now empty: it was no JSON object');
    } else if (field === 'capacity' && !isSound(object)) {
      row.set(field, JSON.stringify({ ...object, ...capacityOf(text) }));
    }
  }
};
