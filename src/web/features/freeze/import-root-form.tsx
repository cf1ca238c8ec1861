import { Button, FileInput, Group, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { preparedRootQuery } from '../../api/queries.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { isPkcs12File, readCertificateFile, readPkcs12File } from './read-pem.ts';

/** What is imported; undefined until all files are chosen. */
type Chosen = { readonly pkcs12: File } | { readonly certificate: File; readonly key: File } | undefined;

const bodyOf = async (chosen: NonNullable<Chosen>) =>
  'pkcs12' in chosen
    ? { pkcs12: await readPkcs12File(chosen.pkcs12) }
    : { certificate: await readCertificateFile(chosen.certificate), key: await chosen.key.text() };

/** Imports a root CA with its key; what is wrong with them, the backend says. */
export const ImportRootForm = () => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [certificate, setCertificate] = useState<File | null>(null);
  const [pkcs12, setPkcs12] = useState<File | null>(null);
  const [key, setKey] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const choose = async (file: File | null): Promise<void> => {
    const holdsKey = file !== null && (await isPkcs12File(file));
    setPkcs12(holdsKey ? file : null);
    setCertificate(holdsKey ? null : file);
  };
  const chosen: Chosen =
    pkcs12 !== null ? { pkcs12 } : certificate !== null && key !== null ? { certificate, key } : undefined;
  const submit = useMutation({
    mutationFn: async (files: NonNullable<Chosen>) => {
      const parts = await bodyOf(files);
      const body = passphrase === '' ? parts : { ...parts, passphrase };
      return responseOf(api.POST('/api/v1/ca/import', { body }));
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: preparedRootQuery.queryKey }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== undefined) {
          submit.mutate(chosen);
        }
      }}
    >
      <Stack gap="sm">
        {submit.isError ? <ProblemNote error={submit.error} title={t('ownRoot.refused')} /> : null}
        <FileInput
          label={t('ownRoot.certificate')}
          description={t('ownRoot.certificateHint')}
          value={pkcs12 ?? certificate}
          onChange={(file) => void choose(file)}
        />
        {pkcs12 === null ? (
          <FileInput
            label={t('ownRoot.key')}
            description={t('ownRoot.keyHint')}
            value={key}
            onChange={setKey}
          />
        ) : null}
        <PasswordField
          label={t('ownRoot.passphrase')}
          autoComplete="off"
          value={passphrase}
          onChange={(event) => {
            setPassphrase(event.currentTarget.value);
          }}
        />
        <Group>
          <Button type="submit" variant="default" loading={submit.isPending} disabled={chosen === undefined}>
            {t('ownRoot.import')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
