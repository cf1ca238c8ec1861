import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Inbox } from '../../api/views.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { Pager } from '../../ui/tables/pager.tsx';
import { useUrlFilters } from '../../ui/tables/url-filters.ts';
import { SavedViews } from '../saved-views/saved-views.tsx';
import { byOrganization, matching } from './by-organization.ts';
import { InboxList } from './inbox-list.tsx';
import { requestsOf, type Request } from './requests.ts';

const PAGE = 25;
const NO_COLUMNS: ReadonlySet<string> = new Set();

interface GroupedInboxProps {
  readonly inbox: Inbox;
  readonly onApproveAll: (requests: readonly Request[]) => void;
}

/** The waiting requests by organization, searchable, in pages. */
export const GroupedInbox = ({ inbox, onApproveAll }: GroupedInboxProps) => {
  const { t } = useTranslation();
  const [{ text, page: wanted }, setFilters] = useUrlFilters([], NO_COLUMNS);
  const waiting = requestsOf(inbox);
  const groups = byOrganization(matching(waiting, text));
  const ordered = groups.flatMap(({ requests }) => requests);
  const pages = Math.max(1, Math.ceil(ordered.length / PAGE));
  const page = Math.min(wanted, pages);
  return (
    <>
      <SavedViews list="inbox" />
      {waiting.length > 1 ? (
        <TextInput
          type="search"
          label={t('inbox.search')}
          maw="20rem"
          data-table-filter
          value={text}
          onChange={(event) => {
            setFilters({ text: event.currentTarget.value });
          }}
        />
      ) : null}
      <InboxList
        requests={ordered.slice((page - 1) * PAGE, page * PAGE)}
        groups={groups}
        onApproveAll={onApproveAll}
      >
        {waiting.length === 0 ? (
          <EmptyState text={t('inbox.empty')}>
            <ButtonLink to="/users" variant="default">
              {t('inbox.toUsers')}
            </ButtonLink>
          </EmptyState>
        ) : (
          <EmptyState text={t('table.nothing')} />
        )}
      </InboxList>
      <Pager
        page={page}
        size={PAGE}
        total={ordered.length}
        onPage={(next) => {
          setFilters({ page: next });
        }}
      />
    </>
  );
};
