import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots } from '@tabler/icons-react';
import { useEffect, useRef, type ComponentProps, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../../../contract/approval.ts';
import type { Decision } from '../../api/views.ts';

const OFFERED = {
  approved: ['deny', 'pending'],
  pending: ['approve', 'deny'],
  denied: ['approve', 'pending'],
} as const;

interface RowMenuProps {
  /** Name of the button. */
  readonly label: string;
  readonly approval: Approval;
  readonly onDecide: (decision: Decision['decision']) => void;
  readonly children?: ReactNode;
}

const MenuButton = (props: ComponentProps<typeof ActionIcon<'button'>>) => (
  <ActionIcon variant="default" {...props}>
    <IconDots size={16} aria-hidden />
  </ActionIcon>
);

/** Mounted closed and opened by its own button, which thus has the focus again afterwards. */
const OpeningMenu = ({ label, approval, onDecide, children }: RowMenuProps) => {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
    button.current?.click();
  }, []);
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <MenuButton ref={button} aria-label={label} />
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        {OFFERED[approval].map((decision) => (
          <Menu.Item
            key={decision}
            onClick={() => {
              onDecide(decision);
            }}
          >
            {t(`approvals.${decision}`)}
          </Menu.Item>
        ))}
        {children}
        <Menu.Divider />
        <Menu.Item
          color="red.9"
          onClick={() => {
            onDecide('delete');
          }}
        >
          {t('approvals.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

/** Shows what can be done with one row; drawn when it is first opened, since a table has many rows. */
export const RowMenu = (props: RowMenuProps) => {
  const [wanted, want] = useDisclosure(false);
  if (wanted) {
    return <OpeningMenu {...props} />;
  }
  return (
    <MenuButton aria-label={props.label} aria-haspopup="menu" aria-expanded={false} onClick={want.open} />
  );
};
