import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../../ui/copy-text.tsx';
import { FocusHere } from '../../ui/focus-here.tsx';
import { saveFile } from '../../ui/save-file.ts';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

/** Shows recovery codes this once. */
export const RecoveryCodes = ({ codes, onDone }: RecoveryCodesProps) => {
  const { t } = useTranslation();
  const text = codes.join('\n');
  return (
    <Stack>
      <FocusHere>
        <Text size="sm" role="status">
          {t('factor.codesLead')}
        </Text>
      </FocusHere>
      <CopyText text={text} what={t('factor.recoveryCodes')} block />
      <Group>
        <Button
          variant="default"
          onClick={() => {
            saveFile(new Blob([`${text}\n`], { type: 'text/plain' }), 'recovery-codes.txt');
          }}
        >
          {t('factor.saveCodes')}
        </Button>
        <Button onClick={onDone}>{t('factor.keptCodes')}</Button>
      </Group>
    </Stack>
  );
};
