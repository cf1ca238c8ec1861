import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Outcome } from '../../api/views.ts';
import { useRefusalText } from '../../ui/errors/code-text.ts';

/** Says which decisions were carried out and why the others were not; failures come first. */
export const DecisionResults = ({ results }: { readonly results: readonly Outcome[] }) => {
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const ordered = results.toSorted((one, other) => Number(one.done) - Number(other.done));
  return (
    <Stack gap="xs" role="status">
      <ul className="decision-list">
        {ordered.map((result) => (
          <li key={`${result.kind}-${result.id}`}>
            <strong>{result.name}</strong>{' '}
            {result.done ? t('approvals.done') : t('approvals.failed', { why: refusalText(result) })}
          </li>
        ))}
      </ul>
      {results.every((result) => result.done) ? null : <Text size="sm">{t('approvals.failedStay')}</Text>}
    </Stack>
  );
};
