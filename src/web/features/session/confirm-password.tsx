import { Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { secondFactorQuery } from '../../api/queries.ts';
import { confirmationGate } from '../../api/session-gate.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { isShownByFields, useRefusedFields } from '../../ui/forms/server-errors.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { passkeySupport, signWithPasskey } from '../passkeys/browser-passkey.ts';
import { PasskeyProblem } from '../passkeys/passkey-problem.tsx';
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

interface Confirmation {
  readonly password: string;
  readonly code?: string;
  readonly byPasskey?: boolean;
}

const confirmWith = async ({ byPasskey = false, ...typed }: Confirmation): Promise<void> => {
  if (!byPasskey) {
    await responseOf(api.POST('/api/v1/sessions/confirm', { body: typed }));
    return;
  }
  const { options } = await responseOf(api.POST('/api/v1/sessions/confirm/passkey'));
  const body = { ...typed, passkey: await signWithPasskey(options) };
  await responseOf(api.POST('/api/v1/sessions/confirm', { body }));
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
  const factors = useQuery({ ...secondFactorQuery, enabled: closed && needsCode && !external }).data;
  const offersPasskey =
    passkeySupport() === 'available' &&
    factors?.passkeys.some(({ host }) => host === location.hostname) === true;
  const finish = (confirmed: boolean) => {
    form.reset();
    confirmationGate.open(confirmed);
  };
  const confirm = useMutation({
    mutationFn: confirmWith,
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
      title={t(external ? 'sso.confirmTitle' : 'passwords.confirmTitle')}
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
            const { password, code } = values;
            confirm.mutate(needsCode ? { password, code: code.trim() } : { password });
          })}
        >
          <Stack>
            <Text size="sm">{t('passwords.confirmLead')}</Text>
            {confirm.isError && !isShownByFields(confirm.error, ['password', 'code']) ? (
              <PasskeyProblem error={confirm.error} />
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
            {offersPasskey ? (
              <Button
                variant="default"
                loading={confirm.isPending}
                onClick={() => {
                  if (!form.validateField('password').hasError) {
                    confirm.mutate({ password: form.getValues().password, byPasskey: true });
                  }
                }}
              >
                {t('passkeys.use')}
              </Button>
            ) : null}
            {needsCode ? (
              <CodeField hasApp={factors?.totp_since !== null} {...form.getInputProps('code')} />
            ) : null}
            <Button type="submit" loading={confirm.isPending}>
              {t('passwords.confirm')}
            </Button>
          </Stack>
        </form>
      )}
    </Dialog>
  );
};
