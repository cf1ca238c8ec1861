import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BASE } from '../../api/base.ts';
import { CopyText } from '../../ui/copy-text.tsx';

interface ReadyEnrolmentTokenProps {
  readonly token: string;
  readonly namePattern: string;
  readonly onClose: () => void;
}

/** The token, this once, and what a site's operator runs with it. */
export const ReadyEnrolmentToken = ({ token, namePattern, onClose }: ReadyEnrolmentTokenProps) => {
  const { t } = useTranslation();
  const url = new URL(BASE, window.location.origin).href.replace(/\/$/, '');
  const name = namePattern.replaceAll('*', '1');
  const commands = [
    `curl -fO ${url}/enroll.py`,
    `python3 enroll.py --url ${url} --name ${name} --token-file token.txt`,
  ].join('\n');
  return (
    <Stack>
      <Text size="sm" role="status">
        {t('enrolment.readyLead')}
      </Text>
      <CopyText text={token} what={t('enrolment.token')} block />
      <Text size="sm">{t('enrolment.commandsLead')}</Text>
      <CopyText text={commands} what={t('enrolment.commands')} block />
      <Button onClick={onClose}>{t('enrolment.done')}</Button>
    </Stack>
  );
};
