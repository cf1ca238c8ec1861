import { Table, UnstyledButton } from '@mantine/core';

interface SortHeaderProps {
  readonly id: string;
  readonly title: string;
  readonly sortable: boolean;
  readonly numeric: boolean;
  /** Column id, with a hyphen before it for descending. */
  readonly sort: string;
  readonly onSort: (sort: string) => void;
}

/** A column's head; pressing it sorts up, then down, then not at all. */
export const SortHeader = ({ id, title, sortable, numeric, sort, onSort }: SortHeaderProps) => {
  if (!sortable) {
    return (
      <Table.Th scope="col" {...(numeric ? { className: 'numeric' } : {})}>
        {title}
      </Table.Th>
    );
  }
  const direction = sort === id ? 'ascending' : sort === `-${id}` ? 'descending' : 'none';
  const next = { none: id, ascending: `-${id}`, descending: '' } as const;
  const arrow = { none: '↕', ascending: '↑', descending: '↓' } as const;
  return (
    <Table.Th scope="col" aria-sort={direction} {...(numeric ? { className: 'numeric' } : {})}>
      <UnstyledButton
        fw={650}
        fz="sm"
        className="whole"
        onClick={() => {
          onSort(next[direction]);
        }}
      >
        {title} <span aria-hidden>{arrow[direction]}</span>
      </UnstyledButton>
    </Table.Th>
  );
};
