import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { requestsQuery } from '../../api/queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { GenerateSteps } from './generate-steps.tsx';
import { requestOf, type OwnKeyHolder } from './own-key-holder.ts';
import { RequestProgress } from './request-progress.tsx';
import { SubmitRequest } from './submit-request.tsx';

interface OwnKeyDialogProps {
  /** Short name. */
  readonly project: string;
  readonly own: OwnKeyHolder;
  readonly onClose: () => void;
}

/** The way to a kit whose key never leaves its machine: file and command, the request, the signed response. */
export const OwnKeyDialog = ({ project, own, onClose }: OwnKeyDialogProps) => {
  const { t } = useTranslation();
  const requests = useQuery(requestsQuery);
  const { name } = own.participant;
  return (
    <Dialog opened size="lg" title={t('ownKey.title', { name })} onClose={onClose} lightDismiss={false}>
      <Stack>
        <Text size="sm">{t('ownKey.lead')}</Text>
        <Title order={3} size="h5">
          {t('ownKey.generate')}
        </Title>
        <GenerateSteps project={project} own={own} />
        <Title order={3} size="h5">
          {t('ownKey.submit')}
        </Title>
        <SubmitRequest holder={own.holder} />
        <Title order={3} size="h5">
          {t('ownKey.state')}
        </Title>
        <Loaded query={requests}>
          {(all) => {
            const request = requestOf(all, own);
            return request === undefined ? (
              <Text size="sm">{t('ownKey.none')}</Text>
            ) : (
              <RequestProgress request={request} />
            );
          }}
        </Loaded>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.close')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
};
