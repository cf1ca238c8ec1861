import { Alert, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { outboxQuery, projectQuery } from '../api/queries.ts';
import { MESSAGES_A_PAGE } from '../features/messages/messages-a-page.ts';
import { MessagesCard } from '../features/messages/messages-card.tsx';
import { TestMailDialog } from '../features/messages/test-mail-dialog.tsx';
import { WebhooksCard } from '../features/webhooks/webhooks-card.tsx';
import { PageHead } from '../ui/page-head.tsx';

/** Shows what the dashboard sends, and what became of it. */
export const MessagesPage = () => {
  const { t } = useTranslation();
  const project = useQuery(projectQuery);
  // What stands below the messages waits for them, and does not jump.
  const messages = useQuery(outboxQuery({ state: undefined, offset: 0, limit: MESSAGES_A_PAGE }));
  const [testing, test] = useDisclosure(false);
  return (
    <>
      <PageHead title={t('messages.title')} lead={t('messages.lead')}>
        {project.data?.mail === true ? (
          <Button variant="default" onClick={test.open}>
            {t('messages.test')}
          </Button>
        ) : null}
      </PageHead>
      {project.data?.mail === false ? (
        <Alert color="yellow" variant="outline" role="status">
          {t('messages.off')}
        </Alert>
      ) : null}
      <MessagesCard />
      {messages.isPending ? null : <WebhooksCard />}
      {testing ? <TestMailDialog onClose={test.close} /> : null}
    </>
  );
};
