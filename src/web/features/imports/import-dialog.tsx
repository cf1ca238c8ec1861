import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { FileDrop } from '../../ui/file-drop.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { csvOf } from '../../ui/tables/csv.ts';
import { ReadyLinks } from '../invitations/ready-links.tsx';
import { ImportPreview } from './import-preview.tsx';
import { COLUMNS, TEMPLATES, type ImportKind } from './import-source.ts';
import { TableRefusal } from './table-refusal.tsx';
import { useImport } from './use-import.ts';

interface ImportDialogProps {
  readonly kind: ImportKind;
  readonly onClose: () => void;
}

/** A CSV file is checked, shown row by row, and imported as a whole or not at all. */
export const ImportDialog = ({ kind, onClose }: ImportDialogProps) => {
  const { t } = useTranslation();
  const outcome = useOutcome();
  const { check, send } = useImport(kind);
  const { csv = '', rows } = check.data ?? {};
  const isSound = rows?.every(({ problems }) => problems.length === 0) ?? false;
  const count = rows?.length ?? 0;
  const invitations = send.data?.invitations ?? [];
  const isInvited = kind === 'people' && send.isSuccess;
  const submit = () => {
    send.mutate(csv, {
      onSuccess: () => {
        if (kind === 'sites') {
          outcome.done(t('imports.added', { count }));
          onClose();
        }
      },
    });
  };
  return (
    <Dialog
      opened
      title={isInvited ? t('invitations.readyTitle') : t(`imports.${kind}`)}
      onClose={onClose}
      lightDismiss={false}
      size="xl"
    >
      {isInvited ? (
        <ReadyLinks invitations={invitations} onClose={onClose} />
      ) : (
        <Stack>
          <Text size="sm">{kind === 'sites' ? t('imports.leadSites') : t('imports.leadPeople')}</Text>
          <Text size="sm">{t('imports.columns', { columns: COLUMNS[kind].join(', ') })}</Text>
          {check.error ? <TableRefusal error={check.error} /> : null}
          {send.error ? <TableRefusal error={send.error} /> : null}
          {rows ? <ImportPreview rows={rows} /> : null}
          <FileDrop
            text={t('imports.drop')}
            button={rows ? t('imports.another') : t('imports.choose')}
            accept=".csv,.tsv,.txt,text/csv"
            loading={check.isPending}
            onFile={(file) => {
              send.reset();
              check.mutate(file);
            }}
          />
          <Group justify="space-between">
            <Button
              variant="subtle"
              onClick={() => {
                saveFile(new Blob([csvOf(TEMPLATES[kind])], { type: 'text/csv' }), `${kind}.csv`);
              }}
            >
              {t('imports.template')}
            </Button>
            <Group gap="sm">
              <Button variant="default" onClick={onClose}>
                {t('common.cancel')}
              </Button>
              <Button onClick={submit} loading={send.isPending} disabled={!isSound || check.isPending}>
                {kind === 'sites' ? t('imports.addSites', { count }) : t('imports.invitePeople', { count })}
              </Button>
            </Group>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
};
