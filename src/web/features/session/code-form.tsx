import { Alert, Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { isShownByFields, useRefusedFields } from '../../ui/forms/server-errors.ts';
import { CodeField } from './code-field.tsx';

interface CodeFormProps {
  readonly busy: boolean;
  readonly error: unknown;
  readonly onCode: (code: string) => void;
  readonly onBack: () => void;
}

const Refusal = ({ error, shown }: { readonly error: unknown; readonly shown: readonly string[] }) => {
  const { t } = useTranslation();
  if (!error || isShownByFields(error, shown)) {
    return null;
  }
  return asProblem(error).code === 'unauthenticated' ? (
    <Alert color="red" variant="outline" role="alert">
      {t('factor.beginAgain')}
    </Alert>
  ) : (
    <ProblemNote error={error} />
  );
};

/** The second step of a log-in. */
export const CodeForm = ({ busy, error, onCode, onBack }: CodeFormProps) => {
  const { t } = useTranslation();
  const refusedFields = useRefusedFields();
  const field = useRef<HTMLInputElement>(null);
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (value) => (value.trim() === '' ? t('check.required') : null) },
  });
  useEffect(() => {
    field.current?.focus();
  }, []);
  const { setErrors } = form;
  useEffect(() => {
    if (error) {
      setErrors(refusedFields(error));
    }
  }, [error, refusedFields, setErrors]);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ code }) => {
        onCode(code.trim());
      })}
    >
      <Stack>
        <Text size="sm" role="status">
          {t('factor.stepLead')}
        </Text>
        <Refusal error={error} shown={Object.keys(form.errors)} />
        <CodeField ref={field} {...form.getInputProps('code')} />
        <Button type="submit" loading={busy}>
          {t('session.logIn')}
        </Button>
        <Button variant="subtle" onClick={onBack}>
          {t('factor.back')}
        </Button>
      </Stack>
    </form>
  );
};
