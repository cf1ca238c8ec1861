import { QueryClient } from '@tanstack/react-query';
import { asProblem } from '../api/problem.ts';

const WORTH_A_RETRY = new Set(['unreachable', 'unavailable']);

/** Responses that the page has read. */
export const cache = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 1 && WORTH_A_RETRY.has(asProblem(error).code),
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
