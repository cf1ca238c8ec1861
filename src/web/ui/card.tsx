import { Paper, Stack, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

interface CardProps {
  readonly title?: string;
  readonly children: ReactNode;
}

/** A bordered part of the page; with a title it is a named section. */
export const Card = ({ title, children }: CardProps) => {
  const id = useId();
  return (
    <Paper
      withBorder
      p={{ base: 'sm', sm: 'lg' }}
      component="section"
      {...(title ? { 'aria-labelledby': id } : {})}
    >
      <Stack gap="md">
        {title ? (
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
        ) : null}
        {children}
      </Stack>
    </Paper>
  );
};
