import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { projectQuery } from '../api/queries.ts';
import { LateToaster } from './late-toaster.tsx';
import { styleNonce } from './nonce.ts';
import { theme, variables } from './theme.ts';
import './styles.ts';

const schemes = localStorageColorSchemeManager({ key: 'dashboard-color-scheme' });

const PRODUCT = { theme, variables };

/** Everything the component library needs around the page: theme, nonce for its style elements, messages. */
export const UiProvider = ({ children }: { readonly children: ReactNode }) => {
  const { data: project } = useQuery(projectQuery);
  const color = project?.color ?? '';
  const { data: looks = PRODUCT } = useQuery({
    queryKey: ['looks', color],
    queryFn: async () => (await import('./brand-theme.ts')).brandTheme(color),
    enabled: color !== '',
    staleTime: Infinity,
  });
  return (
    <MantineProvider
      theme={looks.theme}
      cssVariablesResolver={looks.variables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <LateToaster />
      {children}
    </MantineProvider>
  );
};
