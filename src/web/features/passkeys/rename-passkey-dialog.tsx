import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import type { Passkey } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { PasskeyProblem } from './passkey-problem.tsx';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

interface RenamePasskeyDialogProps {
  readonly passkey: Passkey;
  readonly onDone: () => void;
}

/** Gives a passkey another name. */
export const RenamePasskeyDialog = ({ passkey, onDone }: RenamePasskeyDialogProps) => {
  const { t } = useTranslation();
  const { id, name } = passkey;
  const form = useForm({
    initialValues: { name },
    validate: { name: (value) => (value.trim() === '' ? t('check.required') : null) },
  });
  const rename = useReportedMutation({
    mutationFn: (next: string) =>
      responseOf(
        api.PATCH('/api/v1/second-factor/passkeys/{id}', { params: { path: { id } }, body: { name: next } }),
      ),
    onSuccess: onDone,
  });
  return (
    <Dialog opened title={t('passkeys.renameWhat', { name })} onClose={onDone}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) => {
          rename.mutate(values.name.trim());
        })}
      >
        <Stack>
          {rename.isError ? <PasskeyProblem error={rename.error} /> : null}
          <TextInput
            label={t('passkeys.name')}
            maxLength={128}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Button type="submit" loading={rename.isPending}>
            {t('passkeys.rename')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
};
