import { List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReissuePlan } from '../../api/views.ts';

type Kit = ReissuePlan['kits'][number];

/** Kits that are named; the others are counted. */
const MAX_NAMED = 100;

const KitLine = ({ kit }: { readonly kit: Kit }) => {
  const { t } = useTranslation();
  return (
    <List.Item>
      <Text span fw={600}>
        {kit.name}
      </Text>
      {': '}
      {t(`reissue.effect.${kit.effect}`)}
      {kit.key_origin === 'site' && kit.effect === 'certificate' ? ` ${t('reissue.ownKey')}` : null}
      {kit.certificate.map(({ field, before, after }) => (
        <Text key={field} size="sm">
          {t('reissue.from', { field, before, after })}
        </Text>
      ))}
      {kit.effect === 'kit' ? <Text size="sm">{kit.files.join(', ')}</Text> : null}
    </List.Item>
  );
};

/** Shows what changes, and whose kits and certificates with it. */
export const ReissuePlanView = ({ plan }: { readonly plan: ReissuePlan }) => {
  const { t } = useTranslation();
  if (plan.changes.length === 0) {
    return <Text>{t('reissue.nothing')}</Text>;
  }
  return (
    <Stack gap="xs">
      <Text fw={600}>{t('reissue.changes')}</Text>
      <List size="sm">
        {plan.changes.map(({ field, before, after }) => (
          <List.Item key={field}>{t('reissue.from', { field, before, after })}</List.Item>
        ))}
      </List>
      {plan.kits.length === 0 ? (
        <Text>{t('reissue.noKits')}</Text>
      ) : (
        <>
          <Text fw={600}>{t('reissue.kits', { count: plan.kits.length })}</Text>
          <List size="sm">
            {plan.kits.slice(0, MAX_NAMED).map((kit) => (
              <KitLine key={`${kit.kind}:${kit.id ?? 0}`} kit={kit} />
            ))}
          </List>
          {plan.kits.length > MAX_NAMED ? (
            <Text size="sm">{t('approvals.more', { count: plan.kits.length - MAX_NAMED })}</Text>
          ) : null}
        </>
      )}
      <Text size="sm">{t('reissue.unchanged', { count: plan.unchanged })}</Text>
    </Stack>
  );
};
