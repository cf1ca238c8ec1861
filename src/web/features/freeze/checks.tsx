import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { checksQuery } from '../../api/queries.ts';
import { Card } from '../../ui/card.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { useSettingName } from './setting-name.ts';
import { Loaded } from '../../ui/errors/loaded.tsx';

const TONES = { ok: 'approved', warning: 'pending', error: 'denied' } as const;

/** What the server finds when it tries the names and ports now; a hint, no hindrance. */
export const Checks = () => {
  const { t } = useTranslation();
  const checks = useQuery(checksQuery);
  const nameOf = useSettingName();
  return (
    <Card title={t('freeze.checks')}>
      <Loaded query={checks}>
        {({ checks: found }) => (
          <ul className="plain-list facts-list">
            {found.map((check) => (
              <li key={check.name}>
                <StateBadge tone={TONES[check.outcome]}>{t(`freeze.outcome.${check.outcome}`)}</StateBadge>
                <Text size="sm">
                  {nameOf(check.name)}: {check.message}
                </Text>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <Group>
        <Button variant="default" size="xs" loading={checks.isFetching} onClick={() => void checks.refetch()}>
          {t('freeze.checkAgain')}
        </Button>
      </Group>
    </Card>
  );
};
