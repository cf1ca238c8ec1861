import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { keepsOwnKey } from '../../../contract/participant-yaml.ts';
import type { Project } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { OwnKeyDialog } from '../requests/own-key-dialog.tsx';
import type { OwnKeyHolder } from '../requests/own-key-holder.ts';
import { useSession } from '../session/session-context.ts';
import { AllKitsDialog } from './all-kits-dialog.tsx';
import { KitDialog } from './kit-dialog.tsx';
import { KitRow } from './kit-row.tsx';
import { keptKits } from './kept-kits.ts';
import { ownKeyOfServer, ownKeyOfSite, ownKeyOfUser } from './own-keys.ts';
import { keyOf, type KitSource } from './kit-source.ts';
import { SiteKits } from './site-kits.tsx';

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
  const kept = useSyncExternalStore(keptKits.subscribe, keptKits.all);
  const [open, setOpen] = useState<{ readonly source: KitSource; readonly again: boolean } | undefined>(
    undefined,
  );
  const [own, setOwn] = useState<OwnKeyHolder | undefined>(undefined);
  const [allOpen, all] = useDisclosure(false);
  if (!user) {
    return null;
  }
  const admin = role === 'project_admin';
  const onOpen = (source: KitSource, again: boolean) => {
    setOpen({ source, again });
  };
  const console = { kind: 'user', id: user.id, name: user.email } as const;
  return (
    <>
      {role === 'org_admin' && user.organization !== '' ? (
        <Group>
          <Button onClick={all.open}>{t('allKits.open')}</Button>
        </Group>
      ) : null}
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
            onOwnKey={() => {
              setOwn(ownKeyOfUser(project, user));
            }}
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
              onOwnKey={
                source.kind === 'server' && keepsOwnKey(project.target_release, 'server')
                  ? () => {
                      setOwn(ownKeyOfServer(project, source, user.organization));
                    }
                  : undefined
              }
            />
          ))}
        </Card>
      ) : null}
      {admin || role === 'org_admin' ? (
        <Card title={t('downloads.sites')}>
          <SiteKits
            {...(admin ? {} : { owner: user.id })}
            kept={kept}
            onOpen={onOpen}
            onOwnKey={
              keepsOwnKey(project.target_release, 'client')
                ? (site) => {
                    setOwn(ownKeyOfSite(project, site));
                  }
                : undefined
            }
          />
        </Card>
      ) : null}
      {allOpen ? <AllKitsDialog user={user} onClose={all.close} /> : null}
      {own ? (
        <OwnKeyDialog
          project={project.short_name}
          own={own}
          onClose={() => {
            setOwn(undefined);
          }}
        />
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
