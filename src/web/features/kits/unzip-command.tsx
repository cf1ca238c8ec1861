import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../../ui/copy-text.tsx';

const isWindows = (): boolean => navigator.userAgent.includes('Windows');

/** The command that unpacks the kit; it asks for the PIN, so that no shell history keeps it. */
export const UnzipCommand = ({ fileName }: { readonly fileName: string }) => {
  const { t } = useTranslation();
  const [system, setSystem] = useState(isWindows() ? 'windows' : 'linux');
  const folder = fileName.replace(/\.zip$/, '');
  const command =
    system === 'windows'
      ? `& "C:\\Program Files\\7-Zip\\7z.exe" x "${fileName}" -o"${folder}"`
      : `unzip '${fileName}' -d '${folder}'`;
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t('kit.unzip')}
      </Text>
      <SegmentedControl
        size="xs"
        aria-label={t('kit.system')}
        value={system}
        onChange={setSystem}
        data={[
          { value: 'linux', label: t('kit.linux') },
          { value: 'windows', label: t('kit.windows') },
        ]}
      />
      {system === 'windows' ? <Text size="sm">{t('kit.windowsNote')}</Text> : null}
      <CopyText text={command} what={t('kit.unzip')} block />
    </Stack>
  );
};
