import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { useSession } from '../session/session-context.ts';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

/** Sends a test e-mail and shows what the mail server said. */
export const TestMailDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const { user } = useSession();
  const check = useNameCheck();
  const form = useForm({
    initialValues: { email: user?.email ?? '' },
    validate: { email: (value) => check('email', value.trim()) },
  });
  const send = useReportedMutation({
    mutationFn: (email: string) => responseOf(api.POST('/api/v1/mail/test', { body: { email } })),
  });
  return (
    <Dialog opened title={t('messages.test')} onClose={onClose}>
      <form
        noValidate
        onSubmit={form.onSubmit(({ email }) => {
          send.mutate(email.trim());
        })}
      >
        <Stack>
          {send.isError ? <ProblemNote error={send.error} /> : null}
          {send.data?.sent === true ? (
            <Alert color="pine" variant="outline" role="status">
              {t('messages.testSent')}
            </Alert>
          ) : null}
          {send.data?.error === undefined ? null : (
            <Alert color="red" variant="outline" role="alert" title={t('messages.testFailed')}>
              <Text size="sm">{t(`messages.errors.${send.data.error}`)}</Text>
              <Text size="sm">{send.data.detail}</Text>
            </Alert>
          )}
          <TextInput
            label={t('messages.testTo')}
            type="email"
            data-autofocus
            {...form.getInputProps('email')}
          />
          <Button type="submit" loading={send.isPending}>
            {t('messages.testSend')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
};
