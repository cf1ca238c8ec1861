import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BASE } from '../../api/base.ts';
import type { Renewal } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { SubmitRequest } from '../requests/submit-request.tsx';

interface RenewDialogProps {
  readonly renewal: Renewal;
  readonly onClose: () => void;
}

/** The site has the key: by its enrolment token, or by a request that is generated with it. */
const SameKey = ({ name, holder }: Renewal) => {
  const { t } = useTranslation();
  const url = new URL(BASE, window.location.origin).href.replace(/\/$/, '');
  const key = holder.kind === 'server' ? 'server.key' : 'client.key';
  return (
    <>
      <Text size="sm">{t('renewals.sameKeyLead')}</Text>
      {holder.kind === 'client' ? (
        <>
          <Text size="sm">{t('renewals.byToken')}</Text>
          <CopyText
            text={`python3 enroll.py --url ${url} --renew ${name} --token-file token.txt`}
            what={t('renewals.command')}
            block
          />
        </>
      ) : null}
      <Text size="sm">{t('renewals.byRequest')}</Text>
      <CopyText
        text={`openssl req -new -key startup/${key} -subj '/CN=${name}' -out renewal.csr`}
        what={t('renewals.command')}
        block
      />
      <SubmitRequest holder={holder} />
    </>
  );
};

/** Says what renewing a certificate does, and leads to it. */
export const RenewDialog = ({ renewal, onClose }: RenewDialogProps) => {
  const { t } = useTranslation();
  const { day } = useFormats();
  const { name, not_after: end, way } = renewal;
  return (
    <Dialog opened size="lg" title={t('renewals.renewOf', { name })} onClose={onClose} lightDismiss={false}>
      <Stack>
        {way === 'same_key' ? (
          <SameKey {...renewal} />
        ) : (
          <Text size="sm">{t('renewals.newKitLead', { day: day(end) })}</Text>
        )}
        <Group justify="flex-end">
          {way === 'new_kit' ? (
            <ButtonLink to="/downloads" variant="filled">
              {t('renewals.toDownloads')}
            </ButtonLink>
          ) : null}
          <Button variant="default" onClick={onClose}>
            {t('common.close')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
};
