import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Site } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { useChangeSite } from './use-change-site.ts';

/** Gives a site to another org admin of its organization. */
export const HandOverDialog = ({ site, onClose }: { readonly site: Site; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const check = useNameCheck();
  const change = useChangeSite();
  const outcome = useOutcome();
  const [owner, setOwner] = useState('');
  const [error, setError] = useState<string | null>(null);
  const handOver = useMutation({
    mutationFn: () => change(site, { creator: owner }),
    onSuccess: () => {
      outcome.done(t('sites.handedOver', { name: site.name, owner }));
      onClose();
    },
  });
  return (
    <Dialog opened title={t('sites.handOverTitle', { name: site.name })} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const wrong = check('email', owner);
          setError(wrong);
          if (wrong === null) {
            handOver.mutate();
          }
        }}
      >
        <Stack>
          <Text size="sm">{t('sites.handOverLead')}</Text>
          {handOver.isError ? <ProblemNote error={handOver.error} /> : null}
          <TextInput
            label={t('sites.newOwner')}
            type="email"
            value={owner}
            error={error}
            onChange={(event) => {
              setOwner(event.currentTarget.value);
            }}
          />
          <Button type="submit" loading={handOver.isPending}>
            {t('common.save')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
};
