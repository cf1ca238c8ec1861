import { Code, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { useEventText } from './event-text.ts';

const Technical = ({ row }: { readonly row: AuditEntry }) => {
  const { t } = useTranslation();
  return (
    <details>
      <summary>{t('audit.technical')}</summary>
      <Text size="xs">
        {t('audit.request')} <Code>{row.request_id}</Code>
      </Text>
      <Text size="xs">
        {row.target} <Code>{row.action}</Code> <Code>{JSON.stringify(row.detail)}</Code>
      </Text>
    </details>
  );
};

/** Shows what happened, in sentences, from where and when; the stored record below each. */
export const AuditTable = ({ rows }: { readonly rows: readonly AuditEntry[] }) => {
  const { t } = useTranslation();
  const { second } = useFormats();
  const { sentence, changes } = useEventText();
  return (
    <div className="scroll-x" role="region" aria-label={t('audit.title')} tabIndex={0}>
      <Table striped className="cards">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('audit.time')}</Table.Th>
            <Table.Th scope="col">{t('audit.action')}</Table.Th>
            <Table.Th scope="col">{t('audit.address')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td className="whole" data-label={t('audit.time')}>
                {second(row.at)}
              </Table.Td>
              <Table.Td data-label={t('audit.action')} className="wide">
                <Text size="sm" fw={600}>
                  {sentence(row)}
                </Text>
                {changes(row).map((change) => (
                  <Text key={change} size="sm">
                    {change}
                  </Text>
                ))}
                <Technical row={row} />
              </Table.Td>
              <Table.Td data-label={t('audit.address')}>{row.address}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
};
