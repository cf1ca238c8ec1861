import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import type { ReissueChange } from '../../api/views.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { ReissuePlanView } from './reissue-plan.tsx';

interface ReissueDialogProps {
  readonly change: ReissueChange;
  readonly title: string;
  readonly submit?: string;
  readonly done?: string;
  /** False until what the children ask for is given. */
  readonly ready?: boolean;
  readonly onDone?: () => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** Shows what a change does to the kits that were handed out, and does exactly that once it is confirmed. */
export const ReissueDialog = ({
  change,
  title,
  submit,
  done,
  ready = true,
  onDone,
  onClose,
  children,
}: ReissueDialogProps) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const outcome = useOutcome();
  const plan = useQuery({
    queryKey: ['reissue', change],
    queryFn: async () => (await responseOf(api.POST('/api/v1/reissue/plan', { body: change }))).plan,
    gcTime: 0,
    retry: false,
  });
  const apply = async () => {
    try {
      await responseOf(
        api.POST('/api/v1/reissue', { body: { ...change, version: plan.data?.version ?? '' } }),
      );
    } finally {
      await cache.invalidateQueries();
    }
  };
  return (
    <ConfirmDialog
      title={title}
      submit={submit ?? t('reissue.submit')}
      ready={ready && plan.isSuccess && plan.data.changes.length > 0}
      action={apply}
      onDone={() => {
        outcome.done(done ?? t('reissue.done'));
        onDone?.();
      }}
      onClose={onClose}
    >
      {children}
      <Loaded query={plan}>{(found) => <ReissuePlanView plan={found} />}</Loaded>
    </ConfirmDialog>
  );
};
