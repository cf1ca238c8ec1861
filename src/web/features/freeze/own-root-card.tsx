import { Alert, Button, FileButton, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PreparedRoot } from '../../../contract/api/own-root.ts';
import { api, responseOf } from '../../api/client.ts';
import { preparedRootQuery } from '../../api/queries.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { ImportRootForm } from './import-root-form.tsx';
import { readCertificateFile } from './read-pem.ts';

/** Runs one change of the prepared root, and shows the root anew. */
const useChange = <T,>(change: (what: T) => Promise<unknown>) => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => cache.invalidateQueries({ queryKey: preparedRootQuery.queryKey }),
  });
};

const None = () => {
  const { t } = useTranslation();
  const request = useChange(() => responseOf(api.POST('/api/v1/ca/request')));
  return (
    <>
      <Text size="sm">{t('ownRoot.none')}</Text>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <ImportRootForm />
        <Stack gap="sm">
          {request.isError ? <ProblemNote error={request.error} title={t('ownRoot.refused')} /> : null}
          <Text size="sm">{t('ownRoot.requestLead')}</Text>
          <Group>
            <Button
              variant="default"
              loading={request.isPending}
              onClick={() => {
                request.mutate(undefined);
              }}
            >
              {t('ownRoot.request')}
            </Button>
          </Group>
        </Stack>
      </SimpleGrid>
    </>
  );
};

const Discard = () => {
  const { t } = useTranslation();
  const discard = useChange(() => responseOf(api.DELETE('/api/v1/ca/prepared')));
  return (
    <Button
      variant="default"
      loading={discard.isPending}
      onClick={() => {
        discard.mutate(undefined);
      }}
    >
      {t('ownRoot.discard')}
    </Button>
  );
};

const Requested = ({ root }: { readonly root: PreparedRoot }) => {
  const { t } = useTranslation();
  const accept = useChange(async (file: File) =>
    responseOf(
      api.POST('/api/v1/ca/certificate', { body: { certificate: await readCertificateFile(file) } }),
    ),
  );
  return (
    <>
      {accept.isError ? <ProblemNote error={accept.error} title={t('ownRoot.refused')} /> : null}
      <Text size="sm">{t('ownRoot.requested', { name: root.common_name ?? '' })}</Text>
      <Group>
        <Button
          variant="default"
          onClick={() => {
            saveFile(new Blob([root.request ?? ''], { type: 'application/pkcs10' }), 'root.csr');
          }}
        >
          {t('ownRoot.saveRequest')}
        </Button>
        <FileButton
          onChange={(file) => {
            if (file !== null) {
              accept.mutate(file);
            }
          }}
          inputProps={{ 'aria-label': t('ownRoot.accept') }}
        >
          {(props) => (
            <Button {...props} loading={accept.isPending}>
              {t('ownRoot.accept')}
            </Button>
          )}
        </FileButton>
        <Discard />
      </Group>
    </>
  );
};

const Ready = ({ root }: { readonly root: PreparedRoot }) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  return (
    <>
      <Text size="sm">{t('ownRoot.ready')}</Text>
      <FactList
        facts={[
          [t('ownRoot.subject'), root.subject?.replaceAll('\n', ', ')],
          [t('ownRoot.issuer'), root.issuer?.replaceAll('\n', ', ')],
          [t('ownRoot.expires'), root.not_after === undefined ? '' : moment(root.not_after)],
          [t('freeze.fingerprint'), root.fingerprint_sha256],
        ]}
      />
      {root.warnings?.map((warning) => (
        <Alert key={warning} color="yellow">
          {t(`ownRoot.warning.${warning}`)}
        </Alert>
      ))}
      <Group>
        <Discard />
      </Group>
    </>
  );
};

/** A root CA of one's own, which the freeze takes instead of generating one. */
export const OwnRootCard = () => {
  const { t } = useTranslation();
  const prepared = useQuery(preparedRootQuery);
  return (
    <Card title={t('ownRoot.title')}>
      <Loaded query={prepared} lines={4}>
        {({ prepared: root }) =>
          root.state === 'none' ? (
            <None />
          ) : root.state === 'requested' ? (
            <Requested root={root} />
          ) : (
            <Ready root={root} />
          )
        }
      </Loaded>
    </Card>
  );
};
