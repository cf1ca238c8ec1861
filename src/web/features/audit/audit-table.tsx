import { Code, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';

const detailText = (detail: AuditEntry['detail']): string =>
  Object.entries(detail)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');

/** Who did what, on whom, from where, when. */
export const AuditTable = ({ rows }: { readonly rows: readonly AuditEntry[] }) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  return (
    <div className="scroll-x" role="region" aria-label={t('audit.title')} tabIndex={0}>
      <Table striped miw={860}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('audit.time')}</Table.Th>
            <Table.Th scope="col">{t('audit.actor')}</Table.Th>
            <Table.Th scope="col">{t('audit.action')}</Table.Th>
            <Table.Th scope="col">{t('audit.target')}</Table.Th>
            <Table.Th scope="col">{t('audit.address')}</Table.Th>
            <Table.Th scope="col">{t('audit.detail')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td className="whole">{moment(row.at)}</Table.Td>
              <Table.Td>{row.actor}</Table.Td>
              <Table.Td>
                <Code>{row.action}</Code>
              </Table.Td>
              <Table.Td>{row.target}</Table.Td>
              <Table.Td>{row.address}</Table.Td>
              <Table.Td>
                <Text size="xs">{detailText(row.detail)}</Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
};
