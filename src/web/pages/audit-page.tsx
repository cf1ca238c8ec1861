import { Alert, Button, Group, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../api/client.ts';
import { useAuditFilters } from '../features/audit/audit-filters.ts';
import { auditQuery } from '../features/audit/audit-query.ts';
import { AuditTable } from '../features/audit/audit-table.tsx';
import { AuditTools } from '../features/audit/audit-tools.tsx';
import { ProblemNote } from '../ui/errors/problem-note.tsx';
import { SavedViews } from '../features/saved-views/saved-views.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Placeholder } from '../ui/placeholder.tsx';

const PAGE = 50;

const useAudit = (filter: ReturnType<typeof auditQuery>) =>
  useInfiniteQuery({
    queryKey: ['audit', filter],
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) =>
      responseOf(
        api.GET('/api/v1/audit', {
          params: { query: { ...filter, limit: PAGE, ...(pageParam === 0 ? {} : { before: pageParam }) } },
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last) => (last.audit.length < PAGE ? undefined : last.audit.at(-1)?.id),
  });

/** The record of changes, newest first. */
export const AuditPage = () => {
  const { t } = useTranslation();
  const [filters, setFilters] = useAuditFilters();
  const filter = auditQuery(filters);
  const audit = useAudit(filter);
  const rows = audit.data?.pages.flatMap((page) => page.audit) ?? [];
  const narrowed = Object.keys(filter).length > 0;
  const unproven = audit.data?.pages[0]?.unproven_until ?? 0;
  const intact = audit.data?.pages[0]?.intact ?? true;
  return (
    <>
      <PageHead title={t('audit.title')} lead={t('audit.lead')} />
      {audit.isError ? <ProblemNote error={audit.error} onRetry={() => void audit.refetch()} /> : null}
      {audit.data ? (
        <>
          <Alert color={intact ? 'pine' : 'red'} variant="outline" role={intact ? 'status' : 'alert'}>
            {intact ? t('audit.intact') : t('audit.broken')}
            {unproven > 0 && ` ${t('audit.unproven', { row: unproven })}`}
          </Alert>
          <Card>
            <SavedViews list="audit" />
            <AuditTools filters={filters} onChange={setFilters} />
            <Text size="sm" role="status">
              {t('table.shown', { count: audit.data.pages[0]?.total ?? 0 })}
            </Text>
            {rows.length === 0 ? (
              <EmptyState text={narrowed ? t('table.nothing') : t('audit.empty')} />
            ) : (
              <AuditTable rows={rows} />
            )}
            {audit.hasNextPage ? (
              <Group justify="center">
                <Button
                  variant="default"
                  loading={audit.isFetchingNextPage}
                  onClick={() => void audit.fetchNextPage()}
                >
                  {t('audit.older')}
                </Button>
              </Group>
            ) : null}
          </Card>
        </>
      ) : audit.isError ? null : (
        <Placeholder lines={10} />
      )}
    </>
  );
};
