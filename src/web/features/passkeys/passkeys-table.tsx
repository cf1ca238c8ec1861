import { Button, Group, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Passkey } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';

interface PasskeysTableProps {
  readonly passkeys: readonly Passkey[];
  readonly onRename: (passkey: Passkey) => void;
  readonly onRemove: (passkey: Passkey) => void;
}

/** One's passkeys, with the host name for which each works. */
export const PasskeysTable = ({ passkeys, onRename, onRemove }: PasskeysTableProps) => {
  const { t } = useTranslation();
  const { day, moment } = useFormats();
  return (
    <div className="scroll-x" role="group" aria-label={t('passkeys.title')} tabIndex={0}>
      <Table miw={560} className="cards">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('passkeys.name')}</Table.Th>
            <Table.Th scope="col">{t('passkeys.host')}</Table.Th>
            <Table.Th scope="col">{t('passkeys.created')}</Table.Th>
            <Table.Th scope="col">{t('passkeys.used')}</Table.Th>
            <Table.Th scope="col">{t('common.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {passkeys.map((passkey) => (
            <Table.Tr key={passkey.id}>
              <Table.Td data-label={t('passkeys.name')}>{passkey.name}</Table.Td>
              <Table.Td data-label={t('passkeys.host')}>{passkey.host}</Table.Td>
              <Table.Td data-label={t('passkeys.created')} className="whole">
                {day(passkey.created_at)}
              </Table.Td>
              <Table.Td data-label={t('passkeys.used')} className="whole">
                {passkey.last_used_at === null ? t('passkeys.never') : moment(passkey.last_used_at)}
              </Table.Td>
              <Table.Td data-label={t('common.actions')}>
                <Group gap="xs" wrap="nowrap">
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={t('passkeys.renameWhat', { name: passkey.name })}
                    onClick={() => {
                      onRename(passkey);
                    }}
                  >
                    {t('passkeys.rename')}
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={t('passkeys.removeWhat', { name: passkey.name })}
                    onClick={() => {
                      onRemove(passkey);
                    }}
                  >
                    {t('passkeys.remove')}
                  </Button>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
};
