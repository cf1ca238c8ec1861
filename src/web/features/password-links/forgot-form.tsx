import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { Card } from '../../ui/card.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useNameCheck } from '../../ui/forms/name-checks.ts';

/** Asks for an e-mail with a link to choose a new password. */
export const ForgotForm = () => {
  const { t } = useTranslation();
  const check = useNameCheck();
  const form = useForm({
    initialValues: { email: '' },
    validate: { email: (value) => check('email', value.trim()) },
  });
  const ask = useMutation({
    mutationFn: (email: string) => responseOf(api.POST('/api/v1/password/forgot', { body: { email } })),
  });
  return (
    <Card>
      {ask.isSuccess ? (
        <Alert color="pine" variant="outline" role="status">
          {t('links.forgotSent')}
        </Alert>
      ) : (
        <form
          noValidate
          onSubmit={form.onSubmit(({ email }) => {
            ask.mutate(email.trim());
          })}
        >
          <Stack>
            {ask.isError ? <ProblemNote error={ask.error} /> : null}
            <Text size="sm">{t('links.forgotLead')}</Text>
            <TextInput
              label={t('session.email')}
              type="email"
              autoComplete="username"
              {...form.getInputProps('email')}
            />
            <Button type="submit" loading={ask.isPending}>
              {t('links.forgotSend')}
            </Button>
          </Stack>
        </form>
      )}
    </Card>
  );
};
