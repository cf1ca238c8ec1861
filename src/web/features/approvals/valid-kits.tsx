import { Alert, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { validKitsQuery } from '../../api/queries.ts';
import { useFormats } from '../../i18n/format.ts';

/** Number of subjects looked up; the note says of the others that there may be more. */
const MAX_NAMES = 20;

interface NamedKits {
  readonly name: string;
  readonly downloads: number;
}

/** Names the kits that a decision does not stop: their certificates stay valid until they expire. */
export const ValidKits = ({ subjects }: { readonly subjects: readonly NamedKits[] }) => {
  const { t } = useTranslation();
  const { day } = useFormats();
  const downloaded = subjects.filter(({ downloads }) => downloads > 0);
  const found = useQueries({
    queries: downloaded.slice(0, MAX_NAMES).map(({ name }) => validKitsQuery(name)),
    combine: (results) => results.flatMap(({ data = [] }) => data),
  });
  if (downloaded.length === 0) {
    return null;
  }
  return (
    <Alert color="yellow" variant="outline" title={t('approvals.kitsTitle')}>
      <Text size="sm">{t('approvals.kitsLead')}</Text>
      <ul className="kit-serials">
        {found.map((kit) => (
          <li key={kit.id}>
            <Text size="sm" component="span">
              {t('approvals.kitUntil', {
                name: kit.common_name,
                from: day(kit.created_at),
                until: day(kit.not_after),
              })}
            </Text>{' '}
            <code>{kit.serial}</code>
          </li>
        ))}
      </ul>
      {downloaded.length > MAX_NAMES ? (
        <Text size="sm">{t('approvals.more', { count: downloaded.length - MAX_NAMES })}</Text>
      ) : null}
    </Alert>
  );
};
