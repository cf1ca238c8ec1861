import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Says that there is nothing, why, and the one next action. */
export const EmptyState = ({ text, children }: { readonly text: string; readonly children?: ReactNode }) => (
  <Stack align="center" py="xl" gap="md">
    <Text ta="center">{text}</Text>
    {children}
  </Stack>
);
