import { Button, Group, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { outdatedKitsQuery } from '../../api/queries.ts';
import type { OutdatedKit } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';

const Row = ({ kit }: { readonly kit: OutdatedKit }) => {
  const { t } = useTranslation();
  return (
    <Table.Tr>
      <Table.Td data-label={t('reissue.outdated.name')}>
        <Text size="sm">{kit.name}</Text>
        <Text size="xs" c="dimmed">
          {t(`reissue.outdated.effect.${kit.effect}`)}
        </Text>
      </Table.Td>
      <Table.Td data-label={t('reissue.outdated.why')}>
        {kit.message === undefined ? null : (
          <Text size="sm">{t('reissue.outdated.blocked', { message: kit.message })}</Text>
        )}
        {kit.causes.map((cause) => (
          <Text key={cause} size="sm">
            {t(`reissue.outdated.cause.${cause}`)}
          </Text>
        ))}
      </Table.Td>
      <Table.Td data-label={t('reissue.outdated.files')} className="whole">
        {kit.certificate.map(({ field, before, after }) => (
          <Text key={field} size="sm">
            {t('reissue.from', { field, before, after })}
          </Text>
        ))}
        <Text size="sm">{kit.files.join(', ')}</Text>
      </Table.Td>
    </Table.Tr>
  );
};

/** Shows whose kits are not what they would be now, and why; nothing where all are. */
export const OutdatedKitsCard = () => {
  const { t } = useTranslation();
  const outdated = useInfiniteQuery(outdatedKitsQuery);
  const kits = outdated.data?.pages.flatMap((page) => page.kits) ?? [];
  if (kits.length === 0) {
    return null;
  }
  return (
    <Card title={t('reissue.outdated.title')}>
      <Text size="sm">{t('reissue.outdated.lead')}</Text>
      <div className="scroll-x" role="region" aria-label={t('reissue.outdated.title')} tabIndex={0}>
        <Table miw={560} className="cards">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('reissue.outdated.name')}</Table.Th>
              <Table.Th scope="col">{t('reissue.outdated.why')}</Table.Th>
              <Table.Th scope="col">{t('reissue.outdated.files')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {kits.map((kit) => (
              <Row key={kit.serial} kit={kit} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {outdated.hasNextPage ? (
        <Group justify="center">
          <Button
            variant="default"
            loading={outdated.isFetchingNextPage}
            onClick={() => void outdated.fetchNextPage()}
          >
            {t('reissue.outdated.more')}
          </Button>
        </Group>
      ) : null}
    </Card>
  );
};
