import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import type { ReactNode } from 'react';
import { LateToaster } from './late-toaster.tsx';
import { styleNonce } from './nonce.ts';
import { theme, variables } from './theme.ts';
import './styles.ts';

const schemes = localStorageColorSchemeManager({ key: 'dashboard-color-scheme' });

/** Everything the component library needs around the page: theme, nonce for its style elements, messages. */
export const UiProvider = ({ children }: { readonly children: ReactNode }) => (
  <MantineProvider
    theme={theme}
    cssVariablesResolver={variables}
    colorSchemeManager={schemes}
    defaultColorScheme="auto"
    getStyleNonce={styleNonce}
  >
    <LateToaster />
    {children}
  </MantineProvider>
);
