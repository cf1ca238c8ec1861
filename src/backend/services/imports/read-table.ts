import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { MAX_IMPORTED_ROWS } from '../../../contract/api/table-import.ts';
import { ApiError, type FieldCode } from '../../../contract/errors.ts';
import { refuseFields } from '../users/user-fields.ts';

/** A row of a table, with the cells of the columns that the table has. */
export interface TableRow<C extends string> {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly cells: Readonly<Partial<Record<C, string>>>;
}

interface Columns<C extends string> {
  readonly known: readonly C[];
  readonly required: readonly C[];
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

const DELIMITERS = [',', ';', '\t'] as const;
/** The first line by which Excel names the delimiter. */
const SEPARATOR_LINE = /^sep=([,;\t])(?:\r\n|\r|\n)/i;
const BYTE_ORDER_MARK = '\uFEFF';
/** Stands where bytes were not UTF-8. */
const REPLACEMENT = '\uFFFD';

const Records = z.array(z.object({ info: z.object({ lines: z.number() }), record: z.array(z.string()) }));

const refusal = (code: FieldCode, message: string): ApiError =>
  new ApiError('invalid', `The table ${message}.`, { fields: [{ path: 'csv', code, message }] });

const delimiterOf = (text: string): string => {
  const header = (text.trimStart().split(/[\r\n]/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: header.split(delimiter).length }));
  return counted.reduce((most, next) => (next.count > most.count ? next : most)).delimiter;
};

const breaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);

/** Splits CSV into lines with their numbers; those without any content are left out. */
const linesOf = (text: string): readonly Line[] => {
  const named = SEPARATOR_LINE.exec(text);
  const body = named === null ? text : text.slice(named[0].length);
  const offset = named === null ? 0 : 1;
  let parsed: z.infer<typeof Records>;
  try {
    parsed = Records.parse(
      parse(body, {
        delimiter: named?.[1] ?? delimiterOf(body),
        info: true,
        relax_column_count: true,
        skip_empty_lines: true,
      }),
    );
  } catch (error) {
    if (error instanceof CsvError) {
      throw refusal('csv_syntax', `is no CSV: ${error.message}`);
    }
    throw error;
  }
  return parsed
    .map(({ info, record }) => ({
      line: offset + info.lines - breaksIn(record),
      cells: record.map((cell) => cell.trim()),
    }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
};

const normalized = (title: string): string => {
  const key = title.toLowerCase().replace(/[\s-]+/g, '_');
  return key === 'e_mail' ? 'email' : key;
};

const columnsOf = <C extends string>(header: readonly string[], { known, required }: Columns<C>) => {
  const columns = header.map((title) => known.find((name) => normalized(name) === normalized(title)));
  refuseFields([
    ...header
      .filter((title, at) => title !== '' && columns[at] === undefined)
      .map((title) => ({
        path: `columns.${title}`,
        code: 'unknown_column' as const,
        message: `is none of ${known.join(', ')}`,
      })),
    ...header
      .filter((title, at) => columns[at] !== undefined && columns.indexOf(columns[at]) !== at)
      .map((title) => ({ path: `columns.${title}`, code: 'duplicate' as const, message: 'is there twice' })),
    ...required
      .filter((name) => !columns.includes(name))
      .map((name) => ({ path: `columns.${name}`, code: 'missing_column' as const, message: 'is missing' })),
  ]);
  return columns;
};

/** Cells beyond the header belong to no column; spreadsheets pad rows with empty ones. */
const rowOf = <C extends string>({ line, cells }: Line, columns: readonly (C | undefined)[]): TableRow<C> => {
  const named: Partial<Record<C, string>> = {};
  for (const [at, cell] of cells.entries()) {
    const column = columns[at];
    if (column !== undefined) {
      named[column] = cell;
    } else if (cell !== '') {
      throw refusal('csv_syntax', `has more cells in line ${line} than columns`);
    }
  }
  return { line, cells: named };
};

/**
 * Reads CSV as spreadsheets save it: with a byte order mark, a line `sep=;`, commas, semicolons or tabs, quotes, empty
 * rows and padded ones.
 *
 * @throws ApiError `invalid` for anything else, naming columns that are unknown or missing
 */
export const readTable = <C extends string>(csv: string, columns: Columns<C>): readonly TableRow<C>[] => {
  const text = csv.startsWith(BYTE_ORDER_MARK) ? csv.slice(1) : csv;
  if (text.includes(REPLACEMENT) || text.includes('\0')) {
    throw refusal('csv_encoding', 'is not in UTF-8; save it as "CSV UTF-8"');
  }
  const [header, ...lines] = linesOf(text);
  if (header === undefined || lines.length === 0) {
    throw refusal('csv_empty', 'has no rows');
  }
  if (lines.length > MAX_IMPORTED_ROWS) {
    throw refusal('csv_rows', `has ${lines.length} rows, more than ${MAX_IMPORTED_ROWS}`);
  }
  const found = columnsOf(header.cells, columns);
  return lines.map((line) => rowOf(line, found));
};
