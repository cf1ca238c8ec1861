import { Button, Group, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../../api/views.ts';

const DECISIONS = ['approve', 'deny', 'delete'] as const;

interface BulkBarProps {
  readonly count: number;
  readonly onDecide: (decision: Decision['decision']) => void;
}

/** What can be done with all chosen rows at once. */
export const BulkBar = ({ count, onDecide }: BulkBarProps) => {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="xs">
      <Group gap="xs">
        <Text size="sm" role="status" fw={600}>
          {t('table.selected', { count })}
        </Text>
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
