import { Anchor, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ZipEncryption } from '../../../contract/zip-encryption.ts';
import { BASE } from '../../api/base.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { UNPACKERS, unpackCommand, unpackerOf, type Unpacker } from './unpack-command.ts';

interface UnzipCommandProps {
  readonly fileName: string;
  readonly encryption: ZipEncryption;
}

/** The command that unpacks the kit, for each system, and the script that checks its signature too. */
export const UnzipCommand = ({ fileName, encryption }: UnzipCommandProps) => {
  const { t } = useTranslation();
  const [unpacker, setUnpacker] = useState<Unpacker>(unpackerOf(navigator.userAgent));
  const hasNote = encryption === 'aes256' || unpacker === 'windows' || unpacker === 'python';
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t('kit.unzip')}
      </Text>
      <SegmentedControl<Unpacker>
        size="xs"
        aria-label={t('kit.system')}
        value={unpacker}
        onChange={setUnpacker}
        data={UNPACKERS.map((value) => ({ value, label: t(`kit.unpackers.${value}`) }))}
      />
      {hasNote ? <Text size="sm">{t(`kit.unpackerNotes.${unpacker}`)}</Text> : null}
      <CopyText text={unpackCommand(unpacker, fileName, encryption)} what={t('kit.unzip')} block />
      <Anchor href={`${BASE}/unpack_kit.py`} download="unpack_kit.py" size="sm" underline="always">
        {t('kit.unpackerLink')}
      </Anchor>
    </Stack>
  );
};
