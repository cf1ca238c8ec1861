import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { RecoveryCodes } from '../access/recovery-codes.tsx';
import { deviceOf } from '../access/device.ts';
import { createPasskey } from './browser-passkey.ts';
import { PasskeyProblem } from './passkey-problem.tsx';

interface NewPasskeyProps {
  /** It is stored; recovery codes may be about to be shown. */
  readonly onCreated?: () => void;
  readonly onDone: () => void;
}

const store = async (name: string): Promise<readonly string[]> => {
  const { options } = await responseOf(api.POST('/api/v1/second-factor/passkeys/challenge'));
  const credential = await createPasskey(options);
  const body = { name, credential };
  return (await responseOf(api.POST('/api/v1/second-factor/passkeys', { body }))).recovery_codes;
};

/** Names a passkey, lets the browser create it, and shows the recovery codes that come with the first one. */
export const NewPasskey = ({ onCreated, onDone }: NewPasskeyProps) => {
  const { t } = useTranslation();
  const { program, system } = deviceOf(navigator.userAgent);
  const form = useForm({
    initialValues: { name: [program, system].filter((part) => part !== '').join(', ') },
    validate: { name: (value) => (value.trim() === '' ? t('check.required') : null) },
  });
  const create = useMutation({
    mutationFn: store,
    onSuccess: (codes) => {
      onCreated?.();
      if (codes.length === 0) {
        onDone();
      }
    },
  });
  if (create.isSuccess && create.data.length > 0) {
    return <RecoveryCodes codes={create.data} onDone={onDone} />;
  }
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ name }) => {
        create.mutate(name.trim());
      })}
    >
      <Stack>
        <Text size="sm">{t('passkeys.newLead')}</Text>
        {create.isError ? <PasskeyProblem error={create.error} /> : null}
        <TextInput
          label={t('passkeys.name')}
          description={t('passkeys.nameHint')}
          maxLength={128}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Button type="submit" loading={create.isPending}>
          {t('passkeys.create')}
        </Button>
      </Stack>
    </form>
  );
};
