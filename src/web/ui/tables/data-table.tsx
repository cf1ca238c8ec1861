import { Button, Checkbox, Table } from '@mantine/core';
import {
  getCoreRowModel,
  getFilteredRowModel,
  getSortedRowModel,
  useReactTable,
  type ColumnDef,
  type ColumnDefTemplate,
  type RowSelectionState,
} from '@tanstack/react-table';
import { isValidElement, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import { EmptyState } from '../empty-state.tsx';
import { DataRow } from './data-row.tsx';
import { Pager } from './pager.tsx';
import { SortHeader } from './sort-header.tsx';
import { TableTools } from './table-tools.tsx';
import { useUrlFilters } from './url-filters.ts';

const PAGE = 25;

interface Row {
  readonly id: number;
  readonly approval_state: number;
}

/** The chosen rows, and how to choose others. */
export interface Selection<T> {
  readonly chosen: readonly T[];
  /** How many rows match the filter. */
  readonly total: number;
  readonly selectAll: () => void;
  readonly clear: () => void;
}

interface DataTableProps<T extends Row> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: ColumnDef<T, string>[];
  /** All texts of a row that the filter looks at. */
  readonly textOf: (row: T) => string;
  readonly nameOf: (row: T) => string;
  readonly csv: {
    readonly file: string;
    readonly head: readonly string[];
    readonly cells: (row: T) => readonly (string | number)[];
  };
  /** What can be done with the chosen rows. */
  readonly bulk: (selection: Selection<T>) => ReactNode;
}

const sortingOf = (sort: string) =>
  sort === '' ? [] : [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }];

/** Called, not mounted as a component: a new function at each drawing would else throw away what a cell holds. */
const drawn = <C extends object>(template: ColumnDefTemplate<C> | undefined, context: C): ReactNode => {
  const made: unknown = typeof template === 'function' ? template(context) : template;
  return isValidElement(made) || typeof made === 'string' ? made : null;
};

const labelOf = (header: unknown): string => (typeof header === 'string' ? header : '');

/** A table of many rows: filter and sorting in the address, pages, selection, CSV. */
export const DataTable = <T extends Row>({
  label,
  rows,
  columns,
  textOf,
  nameOf,
  csv,
  bulk,
}: DataTableProps<T>) => {
  const { t } = useTranslation();
  const [filters, setFilters] = useUrlFilters();
  const [rowSelection, setRowSelection] = useState<RowSelectionState>({});
  const filter = useMemo(
    () => ({ state: filters.state, needle: filters.text.toLowerCase() }),
    [filters.state, filters.text],
  );
  const data = useMemo(() => [...rows], [rows]);
  const table = useReactTable({
    data,
    columns,
    state: { rowSelection, sorting: sortingOf(filters.sort), globalFilter: filter },
    getRowId: (row) => String(row.id),
    onRowSelectionChange: setRowSelection,
    getColumnCanGlobalFilter: ({ id }) => id === columns[0]?.id,
    globalFilterFn: ({ original: row }, _column, { state, needle }: typeof filter) =>
      (state === '' || approvalOf(row.approval_state) === state) &&
      (needle === '' || textOf(row).toLowerCase().includes(needle)),
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    getFilteredRowModel: getFilteredRowModel(),
    // The page is kept in the address; a reset by the table would draw it again without end.
    autoResetPageIndex: false,
  });
  const shown = table.getSortedRowModel().rows;
  const pages = Math.max(1, Math.ceil(shown.length / PAGE));
  const page = Math.min(filters.page, pages);
  const chosen = table.getFilteredSelectedRowModel().rows.map((row) => row.original);
  const paged = shown.slice((page - 1) * PAGE, page * PAGE);
  const chosenHere = paged.filter((row) => row.getIsSelected()).length;
  const select = (wanted: typeof shown, on: boolean) => {
    setRowSelection((before) => ({ ...before, ...Object.fromEntries(wanted.map(({ id }) => [id, on])) }));
  };
  const selection = {
    chosen,
    total: shown.length,
    selectAll: () => {
      select(shown, true);
    },
    clear: () => {
      setRowSelection({});
    },
  };
  return (
    <>
      <TableTools
        filters={filters}
        onChange={setFilters}
        count={shown.length}
        csvName={csv.file}
        csvRows={() => [csv.head, ...shown.map((row) => csv.cells(row.original))]}
      />
      {chosen.length > 0 ? bulk(selection) : null}
      {shown.length === 0 ? (
        <EmptyState text={t('table.nothing')}>
          <Button
            variant="default"
            onClick={() => {
              setFilters({ text: '', state: '' });
            }}
          >
            {t('table.resetFilter')}
          </Button>
        </EmptyState>
      ) : (
        <div className="scroll-x" role="region" aria-label={label} tabIndex={0}>
          <Table striped verticalSpacing="xs" className="cards sticky-end">
            <Table.Thead>
              {table.getHeaderGroups().map((group) => (
                <Table.Tr key={group.id}>
                  <Table.Th w={40}>
                    <Checkbox
                      aria-label={t('table.selectAll')}
                      checked={chosenHere === paged.length}
                      indeterminate={chosenHere > 0 && chosenHere < paged.length}
                      onChange={(event) => {
                        select(paged, event.currentTarget.checked);
                      }}
                    />
                  </Table.Th>
                  {group.headers.map((header) => (
                    <SortHeader
                      key={header.id}
                      id={header.column.id}
                      title={drawn(header.column.columnDef.header, header.getContext())}
                      sortable={header.column.getCanSort()}
                      sort={filters.sort}
                      onSort={(sort) => {
                        setFilters({ sort });
                      }}
                    />
                  ))}
                </Table.Tr>
              ))}
            </Table.Thead>
            <Table.Tbody>
              {paged.map((row) => (
                <DataRow
                  key={row.id}
                  content={row.original}
                  selected={row.getIsSelected()}
                  columns={columns}
                  draw={() => (
                    <Table.Tr>
                      <Table.Td className="card-select">
                        <Checkbox
                          aria-label={t('table.select', { name: nameOf(row.original) })}
                          checked={row.getIsSelected()}
                          onChange={row.getToggleSelectedHandler()}
                        />
                      </Table.Td>
                      {row.getVisibleCells().map((cell) => (
                        <Table.Td key={cell.id} data-label={labelOf(cell.column.columnDef.header)}>
                          {drawn(cell.column.columnDef.cell, cell.getContext())}
                        </Table.Td>
                      ))}
                    </Table.Tr>
                  )}
                />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      <Pager
        page={page}
        pages={pages}
        size={PAGE}
        total={shown.length}
        onPage={(next) => {
          setFilters({ page: next });
        }}
      />
    </>
  );
};
