import { Button, FileInput, Group, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { preparedRootQuery } from '../../api/queries.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { readCertificateFile } from './read-pem.ts';

/** Imports a root CA with its key; what is wrong with them, the backend says. */
export const ImportRootForm = () => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [certificate, setCertificate] = useState<File | null>(null);
  const [key, setKey] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const submit = useMutation({
    mutationFn: async (files: { readonly certificate: File; readonly key: File }) => {
      const body = {
        certificate: await readCertificateFile(files.certificate),
        key: await files.key.text(),
        ...(passphrase === '' ? {} : { passphrase }),
      };
      return responseOf(api.POST('/api/v1/ca/import', { body }));
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: preparedRootQuery.queryKey }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (certificate !== null && key !== null) {
          submit.mutate({ certificate, key });
        }
      }}
    >
      <Stack gap="sm">
        {submit.isError ? <ProblemNote error={submit.error} title={t('ownRoot.refused')} /> : null}
        <FileInput
          label={t('ownRoot.certificate')}
          description={t('ownRoot.certificateHint')}
          value={certificate}
          onChange={setCertificate}
        />
        <FileInput
          label={t('ownRoot.key')}
          description={t('ownRoot.keyHint')}
          value={key}
          onChange={setKey}
        />
        <PasswordField
          label={t('ownRoot.passphrase')}
          autoComplete="off"
          value={passphrase}
          onChange={(event) => {
            setPassphrase(event.currentTarget.value);
          }}
        />
        <Group>
          <Button
            type="submit"
            variant="default"
            loading={submit.isPending}
            disabled={certificate === null || key === null}
          >
            {t('ownRoot.import')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
