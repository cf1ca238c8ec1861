import { Anchor, Button, NavLink } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';

interface LinkProps {
  readonly to: string;
  readonly children: ReactNode;
}

/** A link within the page. */
export const TextLink = ({
  to,
  label,
  children,
}: LinkProps & {
  /** Says more than the text, which it begins with. */
  readonly label?: string;
}) => (
  <Anchor component={Link} to={to} underline="always" {...(label ? { 'aria-label': label } : {})}>
    {children}
  </Anchor>
);

/** A link within the page that looks like a button. */
export const ButtonLink = ({
  to,
  children,
  variant = 'filled',
}: LinkProps & { readonly variant?: 'filled' | 'default' }) => (
  <Button component={Link} to={to} variant={variant}>
    {children}
  </Button>
);

interface NavigationLinkProps {
  readonly to: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly count?: ReactNode;
  readonly onClick: () => void;
}

/** An entry of the main navigation; says by aria-current that it is where one is. */
export const NavigationLink = ({ to, label, icon, count, onClick }: NavigationLinkProps) => {
  const here = useLocation().pathname === to;
  return (
    <NavLink
      component={Link}
      to={to}
      label={label}
      leftSection={icon}
      rightSection={count}
      active={here}
      variant="light"
      onClick={onClick}
      {...(here ? { 'aria-current': 'page' as const } : {})}
    />
  );
};
