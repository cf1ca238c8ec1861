import { Kbd, Stack, Switch, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { singleKeys } from './single-keys.ts';

const SHORTCUTS = [
  ['Ctrl K', 'palette'],
  ['?', 'help'],
  ['/', 'filter'],
  ['j', 'next'],
  ['k', 'previous'],
  ['a', 'approve'],
  ['d', 'deny'],
  ['u', 'undo'],
  ['Enter', 'saveCell'],
  ['Esc', 'cancelCell'],
] as const;

/** All shortcuts, and the switch that turns those of one letter off. */
export const Shortcuts = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const [single, setSingle] = useState(singleKeys.on());
  return (
    <Dialog opened title={t('shortcuts.title')} onClose={onClose}>
      <Stack>
        <Switch
          label={t('shortcuts.single')}
          description={t('shortcuts.singleNote')}
          checked={single}
          onChange={(event) => {
            singleKeys.set(event.currentTarget.checked);
            setSingle(event.currentTarget.checked);
          }}
        />
        <Table>
          <Table.Tbody>
            {SHORTCUTS.map(([keys, name]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" w={90}>
                  <Kbd>{keys}</Kbd>
                </Table.Th>
                <Table.Td>{t(`shortcuts.${name}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Dialog>
  );
};
