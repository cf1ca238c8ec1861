import type { ReactNode } from 'react';

interface StateBadgeProps {
  readonly tone: 'approved' | 'pending' | 'denied';
  readonly children: ReactNode;
}

/** A state: a mark whose color repeats what the word says. */
export const StateBadge = ({ tone, children }: StateBadgeProps) => (
  <span className={`state state-${tone}`}>{children}</span>
);
