import { Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import { sitesQuery } from '../../api/queries.ts';
import type { Project, Site } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { useSession } from '../session/session-context.ts';
import { Pager } from '../../ui/tables/pager.tsx';
import { KitDialog } from './kit-dialog.tsx';
import { KitRow } from './kit-row.tsx';
import { keptKits, type KeptKit } from './kept-kits.ts';
import { keyOf, type KitSource } from './kit-source.ts';

const MANY = 10;
const PAGE = 25;

type Open = (source: KitSource, again: boolean) => void;
type Kept = ReadonlyMap<string, KeptKit>;

const SiteKits = ({
  sites,
  kept,
  onOpen,
}: {
  readonly sites: readonly Site[];
  readonly kept: Kept;
  readonly onOpen: Open;
}) => {
  const { t } = useTranslation();
  const [needle, setNeedle] = useState('');
  const [fresh, setFresh] = useState(false);
  const [wanted, setWanted] = useState(1);
  if (sites.length === 0) {
    return <EmptyState text={t('downloads.noSites')} />;
  }
  const found = sites.filter(
    (site) =>
      `${site.name} ${site.organization}`.toLowerCase().includes(needle.toLowerCase()) &&
      (!fresh || site.download_count === 0),
  );
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const page = Math.min(wanted, pages);
  return (
    <Stack gap="sm">
      {sites.length > MANY ? (
        <Group align="flex-end">
          <TextInput
            label={t('downloads.filter')}
            type="search"
            data-table-filter
            value={needle}
            onChange={(event) => {
              setNeedle(event.currentTarget.value);
              setWanted(1);
            }}
          />
          <Checkbox
            label={t('downloads.onlyNever')}
            checked={fresh}
            mb="xs"
            onChange={(event) => {
              setFresh(event.currentTarget.checked);
              setWanted(1);
            }}
          />
        </Group>
      ) : null}
      {found.slice((page - 1) * PAGE, page * PAGE).map((site) => {
        const source = { kind: 'site', id: site.id, name: site.name } as const;
        return (
          <KitRow
            key={site.id}
            source={source}
            label={`${site.name} (${site.organization})`}
            downloads={site.download_count}
            kept={kept.has(keyOf(source))}
            onOpen={onOpen}
          />
        );
      })}
      {found.length === 0 ? <Text>{t('table.nothing')}</Text> : null}
      <Pager page={page} pages={pages} size={PAGE} total={found.length} onPage={setWanted} />
    </Stack>
  );
};

const infrastructure = (
  project: Project,
  title: (part: 'server' | 'secondServer' | 'overseer') => string,
) => {
  const first = {
    source: { kind: 'server', id: 1, name: project.server1 },
    label: `${title('server')}: ${project.server1}`,
  } as const;
  if (!project.ha_mode) {
    return [first];
  }
  return [
    first,
    {
      source: { kind: 'server', id: 2, name: project.server2 },
      label: `${title('secondServer')}: ${project.server2}`,
    },
    {
      source: { kind: 'overseer', id: 0, name: project.overseer },
      label: `${title('overseer')}: ${project.overseer}`,
    },
  ] as const;
};

/** The kits of one's role: own console, own approved sites, or everything. */
export const KitList = ({ project }: { readonly project: Project }) => {
  const { t } = useTranslation();
  const { user, role } = useSession();
  const sites = useQuery(sitesQuery);
  const kept = useSyncExternalStore(keptKits.subscribe, keptKits.all);
  const [open, setOpen] = useState<{ readonly source: KitSource; readonly again: boolean } | undefined>(
    undefined,
  );
  if (!user) {
    return null;
  }
  const admin = role === 'project_admin';
  const onOpen: Open = (source, again) => {
    setOpen({ source, again });
  };
  const console = { kind: 'user', id: user.id, name: user.email } as const;
  const mayDownload = (site: Site): boolean =>
    approvalOf(site.approval_state) === 'approved' && (admin || site.creator === user.email);
  return (
    <>
      <Card title={t('downloads.console')}>
        {user.organization === '' ? (
          <EmptyState text={t('downloads.noOrganization')}>
            <ButtonLink to="/me">{t('downloads.toMe')}</ButtonLink>
          </EmptyState>
        ) : (
          <KitRow
            source={console}
            label={t('downloads.consoleOf', { name: user.email })}
            downloads={user.download_count}
            kept={kept.has(keyOf(console))}
            onOpen={onOpen}
          />
        )}
      </Card>
      {admin ? (
        <Card title={t('downloads.server')}>
          {infrastructure(project, (part) => t(`downloads.${part}`)).map(({ source, label }) => (
            <KitRow
              key={keyOf(source)}
              source={source}
              label={label}
              kept={kept.has(keyOf(source))}
              onOpen={onOpen}
            />
          ))}
        </Card>
      ) : null}
      {admin || role === 'org_admin' ? (
        <Card title={t('downloads.sites')}>
          <Loaded query={sites}>
            {(all) => <SiteKits sites={all.filter(mayDownload)} kept={kept} onOpen={onOpen} />}
          </Loaded>
        </Card>
      ) : null}
      {open ? (
        <KitDialog
          source={open.source}
          kept={kept.get(keyOf(open.source))}
          again={open.again}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      ) : null}
    </>
  );
};
