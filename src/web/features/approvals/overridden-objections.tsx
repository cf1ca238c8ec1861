import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ObjectionTexts } from './objection-texts.tsx';
import type { Subject } from './subject.ts';

/** Lists the objections that an approval overrides; nothing without any. */
export const OverriddenObjections = ({ subjects }: { readonly subjects: readonly Subject[] }) => {
  const { t } = useTranslation();
  const objected = subjects.filter(({ objections }) => objections.length > 0);
  if (objected.length === 0) {
    return null;
  }
  return (
    <div role="note">
      <Text size="sm">{t('objections.overrides')}</Text>
      <ul className="decision-list">
        {objected.map((subject) => (
          <li key={subject.id}>
            <strong>{subject.name}</strong>
            <ObjectionTexts objections={subject.objections} />
          </li>
        ))}
      </ul>
    </div>
  );
};
