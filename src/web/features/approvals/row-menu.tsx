import { IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../../api/views.ts';
import { ActionIcon } from '../../ui/actions.ts';
import { Menu } from '../../ui/menu.ts';

const DECISIONS = ['approve', 'deny', 'pending', 'delete'] as const;

interface RowMenuProps {
  readonly name: string;
  readonly onDecide: (decision: Decision['decision']) => void;
  readonly children?: ReactNode;
}

/** What can be done with one row. */
export const RowMenu = ({ name, onDecide, children }: RowMenuProps) => {
  const { t } = useTranslation();
  const label = t('table.rowActions', { name });
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={label}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        {DECISIONS.map((decision) => (
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
      </Menu.Dropdown>
    </Menu>
  );
};
