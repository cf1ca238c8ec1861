import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inboxQuery } from '../api/queries.ts';
import { DecisionDialog } from '../features/approvals/decision-dialog.tsx';
import { Loaded } from '../ui/errors/loaded.tsx';
import { GroupedInbox } from '../features/inbox/grouped-inbox.tsx';
import { requestsOf, type Request } from '../features/inbox/requests.ts';
import { PendingRequestsCard } from '../features/requests/pending-requests-card.tsx';
import { Card } from '../ui/card.tsx';
import { PageHead } from '../ui/page-head.tsx';

/** Every request that waits, users and sites together. */
export const InboxPage = () => {
  const { t } = useTranslation();
  const inbox = useQuery(inboxQuery);
  const [all, setAll] = useState<readonly Request[] | undefined>(undefined);
  const waiting = inbox.data ? requestsOf(inbox.data) : [];
  return (
    <>
      <PageHead title={t('inbox.title')} lead={t('inbox.lead')}>
        {waiting.length > 1 ? (
          <Button
            variant="default"
            onClick={() => {
              setAll(waiting);
            }}
          >
            {t('inbox.approveAll')}
          </Button>
        ) : null}
      </PageHead>
      <PendingRequestsCard />
      <Card>
        <Loaded query={inbox} lines={6}>
          {(found) => <GroupedInbox inbox={found} onApproveAll={setAll} />}
        </Loaded>
      </Card>
      {all ? (
        <DecisionDialog
          decision="approve"
          subjects={all}
          onClose={() => {
            setAll(undefined);
          }}
        />
      ) : null}
    </>
  );
};
