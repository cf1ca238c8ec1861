import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router';
import { asProblem } from '../api/problem.ts';
import { UiProvider } from '../ui/provider.tsx';
import { router } from './router.tsx';

const WORTH_A_RETRY = new Set(['unreachable', 'unavailable']);

const cache = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 1 && WORTH_A_RETRY.has(asProblem(error).code),
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

export const App = () => (
  <QueryClientProvider client={cache}>
    <UiProvider>
      <RouterProvider router={router} />
    </UiProvider>
  </QueryClientProvider>
);
