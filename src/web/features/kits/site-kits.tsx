import { Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Site } from '../../api/views.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { listQuery } from '../../ui/tables/list-source.ts';
import { Pager } from '../../ui/tables/pager.tsx';
import { SITES } from '../sites/sites-source.ts';
import { KitRow } from './kit-row.tsx';
import type { KeptKit } from './kept-kits.ts';
import { keyOf, type KitSource } from './kit-source.ts';

const MANY = 10;
const PAGE = 25;
const TYPING_MS = 200;

interface SiteKitsProps {
  /** Organization whose sites are shown; absent for all. */
  readonly owner?: number;
  readonly kept: ReadonlyMap<string, KeptKit>;
  readonly onOpen: (source: KitSource, again: boolean) => void;
  /** Absent where the release takes no keys of sites' own. */
  readonly onOwnKey: ((site: Site) => void) | undefined;
}

/** The kits of approved sites. */
export const SiteKits = ({ owner, kept, onOpen, onOwnKey }: SiteKitsProps) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, TYPING_MS);
  const [fresh, setFresh] = useState(false);
  const [page, setPage] = useState(1);
  const all = { state: 'approved', ...(owner === undefined ? {} : { owner: String(owner) }) };
  const part = { sort: 'name', offset: (page - 1) * PAGE, limit: PAGE };
  const facets = { ...all, ...(fresh ? { kit: 'none' } : {}) };
  const found = useQuery(listQuery(SITES, { ...part, text, facets }));
  const whole = useQuery(listQuery(SITES, { text: '', facets: all, sort: 'name', offset: 0, limit: 1 }));
  return (
    <Stack gap="sm">
      {(whole.data?.total ?? 0) > MANY ? (
        <Group align="flex-end">
          <TextInput
            label={t('downloads.filter')}
            type="search"
            data-table-filter
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setPage(1);
            }}
          />
          <Checkbox
            label={t('downloads.onlyNever')}
            checked={fresh}
            mb="xs"
            onChange={(event) => {
              setFresh(event.currentTarget.checked);
              setPage(1);
            }}
          />
        </Group>
      ) : null}
      <Loaded query={found}>
        {({ rows, total }) =>
          whole.data?.total === 0 ? (
            <EmptyState text={t('downloads.noSites')} />
          ) : (
            <>
              {rows.map((site) => {
                const source = { kind: 'site', type: site.type, id: site.id, name: site.name } as const;
                return (
                  <KitRow
                    key={site.id}
                    source={source}
                    label={`${site.name} (${site.organization})`}
                    downloads={site.download_count}
                    kept={kept.has(keyOf(source))}
                    onOpen={onOpen}
                    onOwnKey={
                      onOwnKey &&
                      (() => {
                        onOwnKey(site);
                      })
                    }
                  />
                );
              })}
              {rows.length === 0 ? <Text>{t('table.nothing')}</Text> : null}
              <Pager page={page} size={PAGE} total={total} onPage={setPage} />
            </>
          )
        }
      </Loaded>
    </Stack>
  );
};
