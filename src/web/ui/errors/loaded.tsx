import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Placeholder } from '../placeholder.tsx';
import { ProblemNote } from './problem-note.tsx';

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>;
  readonly children: (content: T) => ReactNode;
  readonly lines?: number;
}

/** Shows what a query brought; a placeholder before, the reason and another try when it failed. */
export const Loaded = <T,>({ query, children, lines = 4 }: LoadedProps<T>) => {
  if (query.data !== undefined) {
    return children(query.data);
  }
  if (query.isError) {
    return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <Placeholder lines={lines} />;
};
