import { Alert, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { requestsQuery } from '../../api/queries.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import type { OwnKeyHolder } from './own-key-holder.ts';

const CHUNK = 0x8000;

/** Base64 of bytes; in pieces, because a call takes so many arguments only. */
const base64Of = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
};

/** Says what is wrong with the request, in the words of the backend, which are in English. */
const Refusal = ({ error }: { readonly error: unknown }) => {
  const { t } = useTranslation();
  const { detail, message } = asProblem(error);
  if (message === '' || !detail.fields.some(({ path }) => path === 'request')) {
    return <ProblemNote error={error} title={t('ownKey.refused')} />;
  }
  return (
    <Alert color="red" variant="outline" role="alert" title={t('ownKey.refused')}>
      <Text size="sm" lang="en">
        {message}
      </Text>
    </Alert>
  );
};

/** A file is dropped here, or chosen, and submitted at once. */
export const SubmitRequest = ({ holder }: Pick<OwnKeyHolder, 'holder'>) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const submit = useMutation({
    mutationFn: async (file: File) => {
      const request = base64Of(new Uint8Array(await file.arrayBuffer()));
      return responseOf(api.POST('/api/v1/requests', { body: { request, holder } }));
    },
    onSettled: () => cache.invalidateQueries({ queryKey: requestsQuery.queryKey }),
  });
  return (
    <Stack gap="xs">
      {submit.error ? <Refusal error={submit.error} /> : null}
      <FileDrop
        text={t('ownKey.drop')}
        button={t('ownKey.choose')}
        loading={submit.isPending}
        onFile={submit.mutate}
      />
    </Stack>
  );
};
