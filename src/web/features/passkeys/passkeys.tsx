import { Button, Group, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import type { Passkey } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { passkeySupport } from './browser-passkey.ts';
import { NewPasskey } from './new-passkey.tsx';
import { PasskeysTable } from './passkeys-table.tsx';
import { RenamePasskeyDialog } from './rename-passkey-dialog.tsx';

interface PasskeysProps {
  readonly passkeys: readonly Passkey[];
  readonly onChange: () => Promise<void>;
}

/** One's passkeys: created, renamed, removed. */
export const Passkeys = ({ passkeys, onChange }: PasskeysProps) => {
  const { t } = useTranslation();
  const outcome = useOutcome();
  const [creating, dialog] = useDisclosure(false);
  const [renaming, setRenaming] = useState<Passkey | undefined>(undefined);
  const support = passkeySupport();
  const remove = useMutation({
    mutationFn: ({ id }: Passkey) =>
      responseOf(api.DELETE('/api/v1/second-factor/passkeys/{id}', { params: { path: { id } } })),
    onSuccess: async (_, { name }) => {
      outcome.done(t('passkeys.removed', { name }));
      await onChange();
    },
    onError: outcome.failed,
  });
  const close = () => {
    dialog.close();
    void onChange();
  };
  return (
    <>
      <Title order={3} size="h5">
        {t('passkeys.title')}
      </Title>
      {passkeys.length === 0 ? null : (
        <PasskeysTable passkeys={passkeys} onRename={setRenaming} onRemove={remove.mutate} />
      )}
      {support === 'available' ? (
        <Group>
          <Button variant="default" onClick={dialog.open}>
            {t('passkeys.add')}
          </Button>
        </Group>
      ) : (
        <Text size="sm">{t(`passkeys.unsupported.${support}`)}</Text>
      )}
      <Dialog opened={creating} title={t('passkeys.add')} onClose={close} lightDismiss={false}>
        {creating ? <NewPasskey onDone={close} /> : null}
      </Dialog>
      {renaming === undefined ? null : (
        <RenamePasskeyDialog
          passkey={renaming}
          onDone={() => {
            setRenaming(undefined);
            void onChange();
          }}
        />
      )}
    </>
  );
};
