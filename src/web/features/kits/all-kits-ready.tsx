import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveFile } from '../../ui/save-file.ts';
import { csvOf } from '../../ui/tables/csv.ts';
import { keptKits } from './kept-kits.ts';
import { keyOf } from './kit-source.ts';
import { saveTogether, type NamedKit } from './use-all-kits.ts';

interface AllKitsReadyProps {
  readonly kits: readonly NamedKit[];
  readonly fileName: string;
  readonly onClose: () => void;
}

/** The kits are saved: their PINs, to be read or saved as a list. */
export const AllKitsReady = ({ kits, fileName, onClose }: AllKitsReadyProps) => {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const seen = () => {
    kits.forEach(({ source }) => {
      keptKits.pinSeen(keyOf(source));
    });
  };
  const savePins = () => {
    const rows = kits.map(({ source, kit }) => [source.name, kit.fileName, kit.pin, kit.sha256]);
    const csv = csvOf([['name', 'file', 'pin', 'sha256'], ...rows]);
    saveFile(new Blob([csv], { type: 'text/csv' }), fileName.replace(/\.zip$/, '-pins.csv'));
    seen();
  };
  return (
    <Stack>
      <Text role="status">{t('allKits.ready', { count: kits.length, file: fileName })}</Text>
      <div className="scroll-x" role="region" aria-label={t('allKits.pins')} tabIndex={0}>
        <table className="plain-table cards">
          <thead>
            <tr>
              <th scope="col">{t('columns.name')}</th>
              <th scope="col">{t('kit.file')}</th>
              <th scope="col">{t('kit.pin')}</th>
            </tr>
          </thead>
          <tbody>
            {kits.map(({ source, kit }) => (
              <tr key={keyOf(source)}>
                <td data-label={t('columns.name')}>{source.name}</td>
                <td data-label={t('kit.file')}>{kit.fileName}</td>
                <td data-label={t('kit.pin')}>
                  <code className="serial">{shown ? kit.pin : '••••••••'}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Alert color="yellow" variant="outline">
        {t('allKits.keep')}
      </Alert>
      <Group justify="flex-end">
        <Button
          variant="default"
          aria-pressed={shown}
          onClick={() => {
            setShown(!shown);
            seen();
          }}
        >
          {shown ? t('allKits.hide') : t('allKits.show')}
        </Button>
        <Button variant="default" onClick={savePins}>
          {t('allKits.savePins')}
        </Button>
        <Button variant="default" onClick={() => void saveTogether(kits, fileName)}>
          {t('kit.saveAgain')}
        </Button>
        <Button onClick={onClose}>{t('common.close')}</Button>
      </Group>
    </Stack>
  );
};
