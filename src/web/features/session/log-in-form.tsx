import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { useState, type ChangeEvent } from 'react';
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
  const { code } = asProblem(error);
  if (code === 'unauthenticated') {
    return (
      <Alert color="red" variant="outline" role="alert">
        {t('session.wrong')}
      </Alert>
    );
  }
  return <ProblemNote error={error} />;
};

/** E-mail and password; with an e-mail given it is that person's log-in again. */
export const LogInForm = ({ email = '', busy, error, onLogIn }: LogInFormProps) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState({ email, password: '' });
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set());
  const field = (name: 'email' | 'password') => ({
    value: typed[name],
    error: missing.has(name) ? t('check.required') : null,
    onChange: ({ currentTarget: { value } }: ChangeEvent<HTMLInputElement>) => {
      setTyped((before) => ({ ...before, [name]: value }));
      setMissing((before) => new Set([...before].filter((other) => other !== name)));
    },
  });
  const submit = () => {
    const credentials = { email: typed.email.trim(), password: typed.password };
    const blank = Object.entries(credentials).flatMap(([name, value]) => (value === '' ? [name] : []));
    setMissing(new Set(blank));
    if (blank.length === 0) {
      onLogIn(credentials);
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        {error ? <Refusal error={error} /> : null}
        <TextInput
          label={t('session.email')}
          type="email"
          autoComplete="username"
          readOnly={email !== ''}
          {...field('email')}
        />
        <PasswordField
          label={t('session.password')}
          autoComplete="current-password"
          {...(email === '' ? {} : { 'data-autofocus': true })}
          {...field('password')}
        />
        <Button type="submit" loading={busy}>
          {t('session.logIn')}
        </Button>
      </Stack>
    </form>
  );
};
