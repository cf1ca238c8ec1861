import { Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, api } from '../../api/client.ts';
import { confirmationGate } from '../../api/session-gate.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { isShownByFields, useRefusedFields } from '../../ui/forms/server-errors.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { CodeField } from './code-field.tsx';
import { useSession } from './session-context.ts';
import { useSso } from './use-sso.ts';

/** Whoever logged in at the identity provider confirms there. */
const ConfirmAtProvider = () => {
  const { t } = useTranslation();
  const sso = useSso('confirm');
  return (
    <Stack>
      <Text size="sm">{t('sso.confirmLead')}</Text>
      {sso.isError ? <ProblemNote error={sso.error} /> : null}
      <Button
        loading={sso.isPending}
        onClick={() => {
          sso.mutate();
        }}
      >
        {t('sso.confirm')}
      </Button>
    </Stack>
  );
};

/** Asks for the password before something that cannot be undone, and sends the held call afterwards. */
export const ConfirmPassword = () => {
  const { t } = useTranslation();
  const { user, secondFactor, external } = useSession();
  const needsCode = secondFactor === 'enrolled';
  const refusedFields = useRefusedFields();
  const closed = useSyncExternalStore(confirmationGate.subscribe, confirmationGate.isClosed);
  const form = useForm({
    initialValues: { password: '', code: '' },
    validate: {
      password: (value) => (value === '' ? t('check.required') : null),
      code: (value) => (needsCode && value.trim() === '' ? t('check.required') : null),
    },
  });
  const finish = (confirmed: boolean) => {
    form.reset();
    confirmationGate.open(confirmed);
  };
  const confirm = useMutation({
    mutationFn: ({ password, code }: { readonly password: string; readonly code: string }) => {
      const body = needsCode ? { password, code: code.trim() } : { password };
      return answered(api.POST('/api/v1/sessions/confirm', { body }));
    },
    onError: (error) => {
      form.setErrors(refusedFields(error));
    },
    onSuccess: () => {
      finish(true);
    },
  });
  return (
    <Dialog
      opened={closed}
      title={t(external ? 'sso.confirmTitle' : 'session.confirmTitle')}
      onClose={() => {
        confirm.reset();
        finish(false);
      }}
      lightDismiss={false}
      layer="confirmation"
    >
      {external ? (
        <ConfirmAtProvider />
      ) : (
        <form
          noValidate
          onSubmit={form.onSubmit((values) => {
            confirm.mutate(values);
          })}
        >
          <Stack>
            <Text size="sm">{t('session.confirmLead')}</Text>
            {confirm.isError && !isShownByFields(confirm.error, Object.keys(form.errors)) ? (
              <ProblemNote error={confirm.error} />
            ) : null}
            <input
              type="text"
              hidden
              name="username"
              autoComplete="username"
              value={user?.email ?? ''}
              readOnly
            />
            <PasswordField
              label={t('session.password')}
              autoComplete="current-password"
              data-autofocus
              {...form.getInputProps('password')}
            />
            {needsCode ? <CodeField {...form.getInputProps('code')} /> : null}
            <Button type="submit" loading={confirm.isPending}>
              {t('session.confirm')}
            </Button>
          </Stack>
        </form>
      )}
    </Dialog>
  );
};
