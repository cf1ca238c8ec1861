import { NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Site } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogActions } from '../../ui/dialog-actions.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { listQuery } from '../../ui/tables/list-source.ts';
import { USERS } from '../users/users-source.ts';
import { useChangeSite } from './use-change-site.ts';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

/** More than an organization has of them. */
const MAX_OWNERS = 500;

/** Gives a site to another org admin of its organization. */
export const HandOverDialog = ({ site, onClose }: { readonly site: Site; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const change = useChangeSite();
  const outcome = useOutcome();
  const [owner, setOwner] = useState('');
  const facets = { role: 'org_admin', state: 'approved', organization: site.organization };
  const owners = useQuery(
    listQuery(USERS, { text: '', sort: 'email', facets, offset: 0, limit: MAX_OWNERS }),
  );
  const handOver = useReportedMutation({
    mutationFn: () => change(site, { creator: owner }),
    onSuccess: () => {
      outcome.done(t('sites.handedOver', { name: site.name, owner }));
    },
  });
  return (
    <Dialog opened title={t('sites.handOverTitle', { name: site.name })} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          handOver.mutate(undefined, { onSuccess: onClose });
        }}
      >
        <Stack>
          <Text size="sm">{t('sites.handOverLead')}</Text>
          {handOver.isError ? <ProblemNote error={handOver.error} /> : null}
          <Loaded query={owners} lines={2}>
            {({ rows }) => {
              const others = rows.filter(({ email }) => email !== site.creator);
              return others.length === 0 ? (
                <Text fw={600}>{t('sites.noOtherOwner', { organization: site.organization })}</Text>
              ) : (
                <NativeSelect
                  label={t('sites.newOwner')}
                  value={owner}
                  data={[
                    { value: '', label: t('sites.chooseOwner') },
                    ...others.map(({ email, name }) => ({
                      value: email,
                      label: name === '' ? email : `${name} (${email})`,
                    })),
                  ]}
                  onChange={(event) => {
                    setOwner(event.currentTarget.value);
                  }}
                />
              );
            }}
          </Loaded>
          <DialogActions
            submit={t('sites.handOverSubmit')}
            loading={handOver.isPending}
            disabled={owner === ''}
            onCancel={onClose}
          />
        </Stack>
      </form>
    </Dialog>
  );
};
