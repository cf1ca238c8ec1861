import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import type { User } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { passwordLink } from './link-token.ts';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

/** Generates a link with which somebody chooses a new password, and shows it once. */
export const PasswordLinkDialog = ({
  user,
  onClose,
}: {
  readonly user: User;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const create = useReportedMutation({
    mutationFn: () =>
      responseOf(api.POST('/api/v1/users/{id}/password-link', { params: { path: { id: user.id } } })),
  });
  const name = user.email;
  return (
    <Dialog
      opened
      title={t('links.passwordLinkTitle', { name })}
      onClose={onClose}
      lightDismiss={!create.isSuccess}
      size="lg"
    >
      <Stack>
        {create.isError ? <ProblemNote error={create.error} /> : null}
        {create.data === undefined ? (
          <>
            <Text size="sm">{t('links.passwordLinkAsk')}</Text>
            <Button
              loading={create.isPending}
              onClick={() => {
                create.mutate();
              }}
            >
              {t('links.passwordLinkCreate')}
            </Button>
          </>
        ) : (
          <>
            <Text size="sm" role="status">
              {t('links.passwordLinkLead', { name, until: moment(create.data.expires_at) })}
            </Text>
            <CopyText text={passwordLink(create.data.token)} what={t('links.passwordLinkWhat')} block />
            <Button onClick={onClose}>{t('invitations.done')}</Button>
          </>
        )}
      </Stack>
    </Dialog>
  );
};
