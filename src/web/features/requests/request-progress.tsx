import { Alert, Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { problemOf } from '../../api/problem.ts';
import type { CertificateRequest } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { saveFile } from '../../ui/save-file.ts';
import { RequestDetails } from './request-details.tsx';

/** The signed response for `nvflare package`, or the kit without a key. */
type Part = 'signed' | 'kit';

const fetchPart = async ({ id, name }: CertificateRequest, part: Part): Promise<void> => {
  const options = { params: { path: { id } }, parseAs: 'blob' } as const;
  const { data, error, response } = await (part === 'signed'
    ? api.GET('/api/v1/requests/{id}/signed.zip', options)
    : api.GET('/api/v1/requests/{id}/kit.zip', options));
  if (!(data instanceof Blob)) {
    throw problemOf(error, response);
  }
  saveFile(data, `${name}.${part}.zip`);
};

const Approved = ({ request }: { readonly request: CertificateRequest }) => {
  const { t } = useTranslation();
  const { day } = useFormats();
  const outcome = useOutcome();
  const part: Part = request.package_command === undefined ? 'kit' : 'signed';
  const save = useMutation({ mutationFn: () => fetchPart(request, part), onError: outcome.failed });
  return (
    <Stack gap="xs">
      <Text size="sm">{t('ownKey.approved', { date: day(request.not_after ?? '') })}</Text>
      <Button
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        loading={save.isPending}
        onClick={() => {
          save.mutate();
        }}
      >
        {t('ownKey.save', { file: `${request.name}.${part}.zip` })}
      </Button>
      <Text size="sm">{t(`ownKey.next.${part}`)}</Text>
      <CopyText
        text={request.package_command ?? `startup/place-key.sh '${request.name}.key'`}
        what={t('ownKey.packageCommand')}
        block
      />
    </Stack>
  );
};

/** Shows what has become of the holder's newest request. */
export const RequestProgress = ({ request }: { readonly request: CertificateRequest }) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  if (request.state === 'approved') {
    return <Approved request={request} />;
  }
  if (request.state === 'rejected') {
    return (
      <Alert color="red" variant="outline" title={t('ownKey.rejected')}>
        {request.reason}
      </Alert>
    );
  }
  return (
    <Stack gap="xs">
      <Text size="sm" role="status">
        {t('ownKey.waits', { time: moment(request.created_at) })}
      </Text>
      <RequestDetails request={request} />
    </Stack>
  );
};
