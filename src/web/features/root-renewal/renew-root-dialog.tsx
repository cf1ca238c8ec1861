import { Button, FileInput, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RootPlan } from '../../../contract/api/root-renewal.ts';
import { api, responseOf } from '../../api/client.ts';
import { rootPlanQuery } from '../../api/queries.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { readCertificateFile } from '../freeze/read-pem.ts';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

const DEFAULT_DAYS = 3600;
const MAX_DAYS = 36_500;

interface FormProps {
  readonly plan: RootPlan;
  readonly onDone: () => void;
}

const RenewForm = ({ plan, onDone }: FormProps) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [days, setDays] = useState<number>(DEFAULT_DAYS);
  const [file, setFile] = useState<File | null>(null);
  const { version, kits, request } = plan;
  const renew = useReportedMutation({
    mutationFn: async () => {
      const own = request === undefined ? { valid_days: days } : {};
      const certificate = file === null ? {} : { certificate: await readCertificateFile(file) };
      return responseOf(api.POST('/api/v1/ca/renewal', { body: { version, ...own, ...certificate } }));
    },
    onSuccess: async () => {
      await cache.invalidateQueries();
      onDone();
    },
  });
  return (
    <Stack>
      {renew.isError ? <ProblemNote error={renew.error} /> : null}
      <Text size="sm">{t('rootRenewal.lead')}</Text>
      <Text size="sm">
        {t('rootRenewal.kits')}: {kits.map(({ name }) => name).join(', ') || t('rootRenewal.nobody')}
      </Text>
      {request === undefined ? (
        <NumberInput
          label={t('rootRenewal.days')}
          min={1}
          max={MAX_DAYS}
          value={days}
          onChange={(value) => {
            setDays(Number(value));
          }}
        />
      ) : (
        <>
          <Text size="sm">{t('rootRenewal.request')}</Text>
          <CopyText text={request} what={t('ownRoot.request')} block />
          <FileInput label={t('ownRoot.certificate')} value={file} onChange={setFile} />
        </>
      )}
      <Group justify="flex-end">
        <Button
          loading={renew.isPending}
          disabled={request !== undefined && file === null}
          onClick={() => {
            renew.mutate();
          }}
        >
          {t('rootRenewal.renew')}
        </Button>
      </Group>
    </Stack>
  );
};

/** Says whom the renewal of the root CA concerns, and does it. */
export const RenewRootDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const plan = useQuery(rootPlanQuery);
  return (
    <Dialog opened size="lg" title={t('rootRenewal.renew')} onClose={onClose} lightDismiss={false}>
      <Loaded query={plan} lines={6}>
        {({ plan: found }) => <RenewForm plan={found} onDone={onClose} />}
      </Loaded>
    </Dialog>
  );
};
