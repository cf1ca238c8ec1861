import { ActionIcon, Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconBookmark, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import type { SavedView } from '../../api/views.ts';
import { useAskedParams } from '../../ui/asked-params.ts';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { SaveViewDialog } from './save-view-dialog.tsx';
import { savedViewsQuery } from './saved-views-query.ts';
import { filtersIn, textOf } from './view-filters.ts';

interface ViewChipProps {
  readonly view: SavedView;
  /** True while the list shows it. */
  readonly current: boolean;
  readonly onChoose: () => void;
}

const ViewChip = ({ view, current, onChoose }: ViewChipProps) => {
  const { t } = useTranslation();
  const outcome = useOutcome();
  const cache = useQueryClient();
  const forget = useMutation({
    mutationFn: () =>
      responseOf(api.DELETE('/api/v1/saved-views/{id}', { params: { path: { id: view.id } } })),
    onError: outcome.failed,
    onSuccess: async () => {
      await cache.invalidateQueries(savedViewsQuery);
      outcome.done(t('savedViews.deleted', { name: view.name }));
    },
  });
  return (
    <Group gap={2} wrap="nowrap">
      <Button
        size="compact-sm"
        radius="xl"
        variant={current ? 'light' : 'default'}
        aria-pressed={current}
        className="saved-view"
        onClick={onChoose}
      >
        {view.name}
      </Button>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        loading={forget.isPending}
        aria-label={t('savedViews.delete', { name: view.name })}
        onClick={() => {
          forget.mutate();
        }}
      >
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </Group>
  );
};

/** The views of a list that were saved, and how to save what its address says at the moment. */
export const SavedViews = ({ list }: { readonly list: SavedView['list'] }) => {
  const { t } = useTranslation();
  const [params, setParams] = useAskedParams();
  const [saving, dialog] = useDisclosure(false);
  const { data = [] } = useQuery(savedViewsQuery);
  const views = data.filter((view) => view.list === list);
  const filters = filtersIn(params);
  const shown = textOf(filters);
  const isNew = shown !== '' && views.every((view) => textOf(view.filters) !== shown);
  if (views.length === 0 && !isNew) {
    return null;
  }
  return (
    <>
      <Group gap="xs" role="group" aria-label={t('savedViews.title')} className="saved-views">
        {views.map((view) => (
          <ViewChip
            key={view.id}
            view={view}
            current={textOf(view.filters) === shown}
            onChoose={() => {
              setParams(() => new URLSearchParams(Object.entries(view.filters)));
            }}
          />
        ))}
        {isNew ? (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconBookmark size={14} aria-hidden />}
            onClick={dialog.open}
          >
            {t('savedViews.save')}
          </Button>
        ) : null}
      </Group>
      {saving ? <SaveViewDialog list={list} filters={filters} onClose={dialog.close} /> : null}
    </>
  );
};
