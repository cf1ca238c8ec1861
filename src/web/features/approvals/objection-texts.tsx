import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Objection } from '../../api/views.ts';

/** Says who objects to a request, and why. */
export const ObjectionTexts = ({ objections }: { readonly objections: readonly Objection[] }) => {
  const { t } = useTranslation();
  return objections.map(({ by, reason }) => (
    <Text key={by} size="sm" fw={600} className="lines">
      {reason === '' ? t('objections.silent', { who: by }) : t('objections.of', { who: by, reason })}
    </Text>
  ));
};
