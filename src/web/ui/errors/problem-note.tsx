import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem.ts';
import { useProblemText } from './problem-text.ts';

interface ProblemNoteProps {
  readonly error: unknown;
  readonly title?: string;
  readonly onRetry?: () => void;
}

/** Shows what failed, the request's id for whoever reads the server's log, and another try. */
export const ProblemNote = ({ error, title, onRetry }: ProblemNoteProps) => {
  const { t } = useTranslation();
  const text = useProblemText();
  const { requestId } = asProblem(error).detail;
  return (
    <Alert color="red" variant="outline" role="alert" title={title ?? t('errors.title')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{text(error)}</Text>
        {requestId ? (
          <Text size="xs" c="dimmed">
            {t('errors.request', { id: requestId })}
          </Text>
        ) : null}
        {onRetry ? (
          <Group>
            <Button size="xs" variant="default" onClick={onRetry}>
              {t('common.retry')}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Alert>
  );
};
