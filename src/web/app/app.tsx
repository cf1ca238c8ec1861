import { QueryClientProvider } from '@tanstack/react-query';
import { UiProvider } from '../ui/provider.tsx';
import { cache } from './cache.ts';
import { Router } from './router.tsx';

export const App = () => (
  <QueryClientProvider client={cache}>
    <UiProvider>
      <Router />
    </UiProvider>
  </QueryClientProvider>
);
