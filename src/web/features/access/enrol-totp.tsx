import { Button, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { useRefusedFields } from '../../ui/forms/server-errors.ts';
import { Placeholder } from '../../ui/placeholder.tsx';
import { CodeField } from '../session/code-field.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

interface EnrolTotpProps {
  /** The app is confirmed; its recovery codes are about to be shown. */
  readonly onConfirmed?: () => void;
  readonly onDone: () => void;
}

interface SecretProps {
  readonly secret: string;
  readonly uri: string;
}

const Secret = ({ secret, uri }: SecretProps) => {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm">{t('factor.scanLead')}</Text>
      <QrCode text={uri} label={t('factor.qrCode')} />
      <Group gap="xs">
        <Text size="sm">{t('factor.secretLead')}</Text>
        <CopyText text={secret} what={t('factor.secret')} />
      </Group>
    </>
  );
};

/** Shows the secret of a new authenticator app, takes its first code, and shows the recovery codes. */
export const EnrolTotp = ({ onConfirmed, onDone }: EnrolTotpProps) => {
  const { t } = useTranslation();
  const refusedFields = useRefusedFields();
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (value) => (value.trim() === '' ? t('check.required') : null) },
  });
  const begin = useMutation({ mutationFn: () => responseOf(api.POST('/api/v1/second-factor/totp')) });
  const confirm = useMutation({
    mutationFn: async (code: string) =>
      (await responseOf(api.POST('/api/v1/second-factor/totp/confirm', { body: { code } }))).recovery_codes,
    onSuccess: (codes) => {
      onConfirmed?.();
      if (codes.length === 0) {
        onDone();
      }
    },
    onError: (error) => {
      form.setErrors(refusedFields(error));
    },
  });
  const { mutate } = begin;
  useEffect(() => {
    mutate();
  }, [mutate]);
  if (confirm.isSuccess && confirm.data.length > 0) {
    return <RecoveryCodes codes={confirm.data} onDone={onDone} />;
  }
  if (begin.isError) {
    return (
      <ProblemNote
        error={begin.error}
        onRetry={() => {
          mutate();
        }}
      />
    );
  }
  if (!begin.isSuccess) {
    return <Placeholder lines={4} />;
  }
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ code }) => {
        confirm.mutate(code.trim());
      })}
    >
      <Stack>
        <Secret secret={begin.data.secret} uri={begin.data.uri} />
        <FormProblem error={confirm.error} fields={Object.keys(form.errors)} />
        <CodeField description={t('factor.firstCodeHint')} {...form.getInputProps('code')} />
        <Button type="submit" loading={confirm.isPending}>
          {t('factor.confirmCode')}
        </Button>
      </Stack>
    </form>
  );
};
