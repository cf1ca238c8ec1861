import { Alert, Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../api/problem.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { isShownByFields, useRefusedFields } from '../../ui/forms/server-errors.ts';
import { passkeySupport } from '../passkeys/browser-passkey.ts';
import { PasskeyProblem } from '../passkeys/passkey-problem.tsx';
import { CodeField } from './code-field.tsx';

interface CodeFormProps {
  /** Factors of the account besides recovery codes. */
  readonly factors: readonly string[];
  readonly busy: boolean;
  readonly error: unknown;
  /** The use of a passkey. */
  readonly passkey: { readonly isPending: boolean; readonly error: unknown };
  readonly onPasskey: () => void;
  readonly onCode: (code: string) => void;
  readonly onBack: () => void;
}

const BeginAgain = () => {
  const { t } = useTranslation();
  return (
    <Alert color="red" variant="outline" role="alert">
      {t('factor.beginAgain')}
    </Alert>
  );
};

const isOver = (error: unknown): boolean => error instanceof Problem && error.code === 'unauthenticated';

const PasskeyRefusal = ({ error }: { readonly error: unknown }) =>
  isOver(error) ? <BeginAgain /> : <PasskeyProblem error={error} />;

const Refusal = ({ error, shown }: { readonly error: unknown; readonly shown: readonly string[] }) => {
  if (!error || isShownByFields(error, shown)) {
    return null;
  }
  return isOver(error) ? <BeginAgain /> : <ProblemNote error={error} />;
};

/** The second step of a log-in. */
export const CodeForm = ({ factors, busy, error, passkey, onPasskey, onCode, onBack }: CodeFormProps) => {
  const { t } = useTranslation();
  const refusedFields = useRefusedFields();
  const offersPasskey = factors.includes('passkey') && passkeySupport() === 'available';
  const field = useRef<HTMLInputElement>(null);
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (value) => (value.trim() === '' ? t('check.required') : null) },
  });
  useLayoutEffect(() => {
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
          {t(offersPasskey ? 'passkeys.stepLead' : 'factor.stepLead')}
        </Text>
        <Refusal error={error} shown={Object.keys(form.errors)} />
        {passkey.error ? <PasskeyRefusal error={passkey.error} /> : null}
        {offersPasskey ? (
          <Button variant="default" loading={passkey.isPending} onClick={onPasskey}>
            {t('passkeys.use')}
          </Button>
        ) : null}
        <CodeField ref={field} hasApp={factors.includes('totp')} {...form.getInputProps('code')} />
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
