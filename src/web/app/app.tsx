import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router';
import { UiProvider } from '../ui/provider.tsx';
import { cache } from './cache.ts';
import { router } from './router.tsx';

export const App = () => (
  <QueryClientProvider client={cache}>
    <UiProvider>
      <RouterProvider router={router} />
    </UiProvider>
  </QueryClientProvider>
);
