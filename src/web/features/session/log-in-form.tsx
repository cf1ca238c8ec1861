import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';

interface LogInFormProps {
  readonly email?: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onLogIn: (credentials: { readonly email: string; readonly password: string }) => void;
}

const Refusal = ({ error }: { readonly error: unknown }) => {
  const { t } = useTranslation();
  const { code, detail } = asProblem(error);
  if (code === 'unauthenticated') {
    return (
      <Alert color="red" variant="outline" role="alert">
        {t('session.wrong')}
      </Alert>
    );
  }
  if (code === 'denied') {
    return (
      <Alert color="red" variant="outline" role="alert" title={t('session.denied')}>
        <Text size="sm" className="lines">
          {detail.reason ? t('session.reason', { reason: detail.reason }) : t('session.noReason')}
        </Text>
        <Text size="sm">{t('session.deniedNext')}</Text>
      </Alert>
    );
  }
  return <ProblemNote error={error} />;
};

/** E-mail and password; with an e-mail given it is that person's log-in again. */
export const LogInForm = ({ email = '', busy, error, onLogIn }: LogInFormProps) => {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { email, password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? t('check.required') : null),
      password: (value) => (value === '' ? t('check.required') : null),
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => {
        onLogIn({ email: values.email.trim(), password: values.password });
      })}
    >
      <Stack>
        {error ? <Refusal error={error} /> : null}
        <TextInput
          label={t('session.email')}
          type="email"
          autoComplete="username"
          readOnly={email !== ''}
          {...form.getInputProps('email')}
        />
        <PasswordField
          label={t('session.password')}
          autoComplete="current-password"
          {...(email === '' ? {} : { 'data-autofocus': true })}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={busy}>
          {t('session.logIn')}
        </Button>
      </Stack>
    </form>
  );
};
