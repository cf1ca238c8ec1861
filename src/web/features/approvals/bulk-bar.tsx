import { Button, Group, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../../api/views.ts';

const DECISIONS = ['approve', 'deny', 'delete'] as const;

interface BulkBarProps {
  readonly count: number;
  /** All rows that match the filter. */
  readonly total: number;
  /** Absent where more match than can be chosen. */
  readonly onSelectAll?: () => void;
  readonly onClear: () => void;
  readonly onDecide: (decision: Decision['decision']) => void;
}

/** Shows what can be done with all chosen rows at once. */
export const BulkBar = ({ count, total, onSelectAll, onClear, onDecide }: BulkBarProps) => {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="xs">
      <Group gap="xs">
        <Text size="sm" role="status" fw={600}>
          {t('table.selected', { count })}
        </Text>
        {count < total && onSelectAll ? (
          <Button size="compact-sm" variant="subtle" onClick={onSelectAll}>
            {t('table.selectTotal', { count: total })}
          </Button>
        ) : null}
        <Button size="compact-sm" variant="subtle" onClick={onClear}>
          {t('table.clearSelection')}
        </Button>
        {DECISIONS.map((decision) => (
          <Button
            key={decision}
            size="xs"
            variant="default"
            onClick={() => {
              onDecide(decision);
            }}
          >
            {t(`approvals.${decision}`)}
          </Button>
        ))}
      </Group>
    </Paper>
  );
};
