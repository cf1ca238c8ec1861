import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProjectChecksResponse } from '../../../contract/api/properties.ts';
import { checksQuery } from '../../api/queries.ts';
import { Card } from '../../ui/card.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { useFormats } from '../../i18n/format.ts';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { useFieldText } from '../../ui/errors/field-text.ts';
import { useSettingName } from './setting-name.ts';

const TONES = { ok: 'approved', warning: 'pending', error: 'denied' } as const;

type Check = ProjectChecksResponse['checks'][number];

/** Says in the page's language what a check found; the properties file's messages name its own keys. */
const useCheckText = (): ((check: Check) => string) => {
  const { t } = useTranslation();
  const { day } = useFormats();
  const fieldText = useFieldText();
  return ({ name, code, value, message }) => {
    switch (code) {
      case 'property':
        return message;
      case 'invalid':
        return fieldText({ path: name, code: '' });
      case 'certificates_expire_early':
      case 'root_expires_early':
        return t(`freeze.found.${code}`, { day: day(value) });
      case 'host_known':
      case 'host_unknown':
      case 'key_in_clear':
      case 'missing':
      case 'own_key_name':
      case 'no_effect':
      case 'preview':
        return t(`freeze.found.${code}`, { value });
    }
  };
};

/** Shows what the server finds when it tries the names and ports now; a hint, no hindrance. */
export const Checks = () => {
  const { t } = useTranslation();
  const checks = useQuery(checksQuery);
  const nameOf = useSettingName();
  const textOf = useCheckText();
  return (
    <Card title={t('freeze.checks')}>
      <Loaded query={checks} lines={8}>
        {({ checks: found }) => (
          <ul className="plain-list facts-list">
            {found.map((check) => (
              <li key={check.name}>
                <StateBadge tone={TONES[check.outcome]}>{t(`freeze.outcome.${check.outcome}`)}</StateBadge>
                <Text size="sm">
                  {nameOf(check.name)}: {textOf(check)}
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
