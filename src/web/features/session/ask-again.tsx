import { Alert, Button, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_MESSAGE } from '../../../contract/max-message.ts';
import { api, responseOf } from '../../api/client.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';

interface AskAgainProps {
  /** Of the refused log-in: why, empty for no reason, and what proves that it succeeded otherwise. */
  readonly denial: { readonly reason: string; readonly challenge: string };
  readonly onBack: () => void;
}

/** Says why somebody was denied, and takes a message with which the request waits again. */
export const AskAgain = ({ denial, onBack }: AskAgainProps) => {
  const { t } = useTranslation();
  const { reason, challenge } = denial;
  const [message, setMessage] = useState('');
  const ask = useMutation({
    mutationFn: () => responseOf(api.POST('/api/v1/login/ask-again', { body: { challenge, message } })),
  });
  if (ask.isSuccess) {
    return (
      <Stack>
        <Alert color="pine" variant="outline" role="status">
          {t('requestMessages.askedAgain')}
        </Alert>
        <Button onClick={onBack}>{t('session.logIn')}</Button>
      </Stack>
    );
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate();
      }}
    >
      <Stack>
        <Alert color="red" variant="outline" role="alert" title={t('session.denied')}>
          <Text size="sm" className="lines">
            {reason ? t('session.reason', { reason }) : t('session.noReason')}
          </Text>
          <Text size="sm">{t('session.deniedNext')}</Text>
        </Alert>
        {ask.isError ? <ProblemNote error={ask.error} /> : null}
        <Textarea
          label={t('requestMessages.message')}
          maxLength={MAX_MESSAGE}
          autosize
          minRows={3}
          value={message}
          onChange={(event) => {
            setMessage(event.currentTarget.value);
          }}
        />
        <Button type="submit" loading={ask.isPending} disabled={message.trim() === ''}>
          {t('requestMessages.askAgain')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('requestMessages.back')}
        </Button>
      </Stack>
    </form>
  );
};
