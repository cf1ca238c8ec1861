import { Checkbox, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataRow } from './data-row.tsx';
import { SortHeader } from './sort-header.tsx';

/** A column; its id is what the server sorts by. */
export interface Column<T> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: T) => ReactNode;
  readonly sortable?: boolean;
  /** Numbers stand at the end of their cell, one below the other. */
  readonly numeric?: boolean;
}

interface Row {
  readonly id: number;
}

interface RowsTableProps<T extends Row> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly nameOf: (row: T) => string;
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  /** True while other rows are on their way. */
  readonly stale: boolean;
  readonly selection?: {
    readonly has: (row: T) => boolean;
    readonly set: (rows: readonly T[], on: boolean) => void;
  };
}

/** The rows of one page, with sortable heads and, where some can be chosen, checkboxes. */
export const RowsTable = <T extends Row>({
  label,
  rows,
  columns,
  nameOf,
  sort,
  onSort,
  stale,
  selection,
}: RowsTableProps<T>) => {
  const { t } = useTranslation();
  const chosenHere = rows.filter((row) => selection?.has(row)).length;
  return (
    <div className="scroll-x" role="region" aria-label={label} tabIndex={0} aria-busy={stale}>
      <Table striped verticalSpacing="xs" className="cards sticky-end">
        <Table.Thead>
          <Table.Tr>
            {selection ? (
              <Table.Th w={40}>
                <Checkbox
                  aria-label={t('table.selectAll')}
                  checked={chosenHere === rows.length}
                  indeterminate={chosenHere > 0 && chosenHere < rows.length}
                  onChange={(event) => {
                    selection.set(rows, event.currentTarget.checked);
                  }}
                />
              </Table.Th>
            ) : null}
            {columns.map(({ id, header, sortable = true, numeric = false }) => (
              <SortHeader
                key={id}
                id={id}
                title={header}
                sortable={sortable}
                numeric={numeric}
                sort={sort}
                onSort={onSort}
              />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <DataRow
              key={row.id}
              content={row}
              selected={selection?.has(row) ?? false}
              columns={columns}
              draw={() => (
                <Table.Tr>
                  {selection ? (
                    <Table.Td className="card-select">
                      <Checkbox
                        aria-label={t('table.select', { name: nameOf(row) })}
                        checked={selection.has(row)}
                        onChange={(event) => {
                          selection.set([row], event.currentTarget.checked);
                        }}
                      />
                    </Table.Td>
                  ) : null}
                  {columns.map(({ id, header, cell, numeric = false }) => (
                    <Table.Td key={id} data-label={header} {...(numeric ? { className: 'numeric' } : {})}>
                      {cell(row)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              )}
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
};
