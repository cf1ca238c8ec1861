import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../empty-state.tsx';
import { Loaded } from '../errors/loaded.tsx';
import { useOutcome } from '../errors/use-outcome.ts';
import { listQuery, readAll, type ListSource } from './list-source.ts';
import { PAGE_SIZES } from './page-sizes.ts';
import { Pager } from './pager.tsx';
import { RowsTable, type Column } from './rows-table.tsx';
import { TableTools } from './table-tools.tsx';
import { useUrlFilters, type Facet } from './url-filters.ts';
import { useSelection } from './use-selection.ts';

/** While somebody types, the server is asked only when the fingers rest. */
const TYPING_MS = 200;

/** As many as one decision may be about. */
const MAX_CHOSEN = 1000;

interface Row {
  readonly id: number;
}

/** The chosen rows, and how to choose others. */
export interface Selection<T> {
  readonly chosen: readonly T[];
  /** Number of rows that match the filter. */
  readonly total: number;
  /** Absent where more match than can be chosen. */
  readonly selectAll: (() => void) | undefined;
  readonly clear: () => void;
}

interface DataTableProps<T extends Row> {
  readonly label: string;
  readonly source: ListSource<T>;
  readonly columns: readonly Column<T>[];
  readonly facets: readonly Facet[];
  /** Fields that are searched for the text. */
  readonly hint: string;
  readonly nameOf: (row: T) => string;
  readonly csv: {
    readonly file: string;
    readonly head: readonly string[];
    readonly cells: (row: T) => readonly (string | number)[];
  };
  /** Actions for the chosen rows; without it none can be chosen. */
  readonly bulk?: (selection: Selection<T>) => ReactNode;
  /** Stands in place of a table without any row. */
  readonly empty?: ReactNode;
}

/** A table of many rows, filtered, sorted and paged by the server as the address says; selection and CSV. */
export const DataTable = <T extends Row>({
  label,
  source,
  columns,
  facets,
  hint,
  nameOf,
  csv,
  bulk,
  empty,
}: DataTableProps<T>) => {
  const { t } = useTranslation();
  const outcome = useOutcome();
  const top = useRef<HTMLDivElement>(null);
  const sortable = useMemo(
    () => new Set(columns.filter(({ sortable: is }) => is !== false).map(({ id }) => id)),
    [columns],
  );
  const [filters, setFilters] = useUrlFilters(facets, sortable);
  const [text] = useDebouncedValue(filters.text, TYPING_MS);
  const matching = { text, sort: filters.sort, facets: filters.facets };
  const query = useQuery(
    listQuery(source, { ...matching, offset: (filters.page - 1) * filters.size, limit: filters.size }),
  );
  const rows = query.data?.rows ?? [];
  const total = query.data?.total;
  const selection = useSelection(rows);
  const { interrupt } = selection;
  const filter = JSON.stringify([filters.text, filters.facets]);
  useEffect(() => interrupt, [filter, interrupt]);
  const pages = Math.max(1, Math.ceil((total ?? 0) / filters.size));
  const beyond = total !== undefined && !query.isPlaceholderData && filters.page > pages;
  useEffect(() => {
    if (beyond) {
      setFilters({ text: filters.text, page: pages });
    }
  });
  const unfiltered = text === '' && Object.keys(filters.facets).length === 0;
  if (empty !== undefined && total === 0 && unfiltered) {
    return empty;
  }
  const selectAll = () => {
    selection.setLater(readAll(source, matching, MAX_CHOSEN)).catch(outcome.failed);
  };
  return (
    <>
      <div ref={top} className="table-top">
        <TableTools
          facets={facets}
          filters={filters}
          onChange={setFilters}
          count={total}
          hint={hint}
          csvName={csv.file}
          csvRows={async () => [csv.head, ...(await readAll(source, matching)).map(csv.cells)]}
        />
      </div>
      {bulk && selection.chosen.length > 0
        ? bulk({
            chosen: selection.chosen,
            total: total ?? 0,
            selectAll: (total ?? 0) <= MAX_CHOSEN ? selectAll : undefined,
            clear: selection.clear,
          })
        : null}
      <Loaded query={query} lines={8}>
        {() =>
          rows.length === 0 && !beyond ? (
            <EmptyState text={t('table.nothing')}>
              <Button
                variant="default"
                onClick={() => {
                  setFilters({ text: '', facets: Object.fromEntries(facets.map(({ key }) => [key, ''])) });
                }}
              >
                {t('table.resetFilter')}
              </Button>
            </EmptyState>
          ) : (
            <RowsTable
              label={label}
              rows={rows}
              columns={columns}
              nameOf={nameOf}
              sort={filters.sort}
              onSort={(sort) => {
                setFilters({ sort });
              }}
              stale={query.isPlaceholderData || text !== filters.text}
              {...(bulk ? { selection } : {})}
            />
          )
        }
      </Loaded>
      <Pager
        page={filters.page}
        size={filters.size}
        total={total ?? 0}
        sizes={PAGE_SIZES}
        onPage={(page) => {
          setFilters({ page });
          top.current?.scrollIntoView({ block: 'start' });
        }}
        onSize={(size) => {
          setFilters({ size });
        }}
      />
    </>
  );
};
