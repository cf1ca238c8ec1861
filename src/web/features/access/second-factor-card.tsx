import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { secondFactorQuery } from '../../api/queries.ts';
import type { SecondFactor } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { Passkeys } from '../passkeys/passkeys.tsx';
import { meQuery } from '../session/session.ts';
import { EnrolTotp } from './enrol-totp.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

const useRefresh = () => {
  const cache = useQueryClient();
  return async () => {
    await cache.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
    await cache.invalidateQueries({ queryKey: meQuery.queryKey });
  };
};

const WithoutApp = ({ onChange }: { readonly onChange: () => Promise<void> }) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    void onChange();
  };
  return (
    <>
      <Group>
        <Button
          variant="default"
          onClick={() => {
            setOpen(true);
          }}
        >
          {t('factor.setUp')}
        </Button>
      </Group>
      <Dialog opened={open} title={t('factor.setUp')} onClose={close} lightDismiss={false}>
        {open ? <EnrolTotp onDone={close} /> : null}
      </Dialog>
    </>
  );
};

interface WithAppProps {
  readonly since: string;
  readonly onChange: () => Promise<void>;
}

const WithApp = ({ since, onChange }: WithAppProps) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const outcome = useOutcome();
  const remove = useMutation({
    mutationFn: () => responseOf(api.DELETE('/api/v1/second-factor/totp')),
    onSuccess: async () => {
      outcome.done(t('factor.removed'));
      await onChange();
    },
    onError: outcome.failed,
  });
  return (
    <>
      <Text size="sm">{t('factor.since', { moment: moment(since) })}</Text>
      <Group>
        <Button
          variant="default"
          loading={remove.isPending}
          onClick={() => {
            remove.mutate();
          }}
        >
          {t('factor.remove')}
        </Button>
      </Group>
    </>
  );
};

interface CodesLeftProps {
  readonly count: number;
  readonly onChange: () => Promise<void>;
}

const CodesLeft = ({ count, onChange }: CodesLeftProps) => {
  const { t } = useTranslation();
  const outcome = useOutcome();
  const renew = useMutation({
    mutationFn: async () =>
      (await responseOf(api.POST('/api/v1/second-factor/recovery-codes'))).recovery_codes,
    onError: outcome.failed,
  });
  const close = () => {
    renew.reset();
    void onChange();
  };
  return (
    <>
      <Text size="sm">{t('factor.codesLeft', { count })}</Text>
      <Group>
        <Button
          variant="default"
          loading={renew.isPending}
          onClick={() => {
            renew.mutate();
          }}
        >
          {t('factor.renewCodes')}
        </Button>
      </Group>
      <Dialog opened={renew.isSuccess} title={t('factor.recoveryCodes')} onClose={close} lightDismiss={false}>
        {renew.isSuccess ? <RecoveryCodes codes={renew.data} onDone={close} /> : null}
      </Dialog>
    </>
  );
};

const Factors = ({ factor }: { readonly factor: SecondFactor }) => {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const { totp_since: since, passkeys } = factor;
  const enrolled = since !== null || passkeys.length > 0;
  return (
    <>
      {enrolled ? null : <Text size="sm">{t('factor.none')}</Text>}
      {since === null ? <WithoutApp onChange={refresh} /> : <WithApp since={since} onChange={refresh} />}
      <Passkeys passkeys={passkeys} onChange={refresh} />
      {enrolled ? <CodesLeft count={factor.recovery_codes_left} onChange={refresh} /> : null}
    </>
  );
};

/** One's own second factors: set up, recovery codes, removal. */
export const SecondFactorCard = () => {
  const { t } = useTranslation();
  const factor = useQuery(secondFactorQuery);
  return (
    <Card title={t('factor.title')}>
      <Text size="sm">{t('factor.lead')}</Text>
      <Loaded query={factor}>{(found) => <Factors factor={found} />}</Loaded>
    </Card>
  );
};
