import { Button, Checkbox, Group, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FocusHere } from '../../ui/focus-here.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { readAll } from '../../ui/tables/list-source.ts';
import { SealedBanner } from '../project/sealed-banner.tsx';
import { SITES } from '../sites/sites-source.ts';
import { AllKitsReady } from './all-kits-ready.tsx';
import type { KitSource } from './kit-source.ts';
import { useAllKits } from './use-all-kits.ts';

interface AllKitsDialogProps {
  readonly user: User;
  readonly onClose: () => void;
}

interface Holder {
  readonly source: KitSource;
  readonly downloads: number;
}

const useHolders = (user: User) =>
  useQuery({
    queryKey: ['sites', 'holders', user.id],
    queryFn: async (): Promise<readonly Holder[]> => {
      const facets = { state: 'approved', owner: String(user.id) };
      const sites = await readAll(SITES, { text: '', sort: 'name', facets });
      return [
        { source: { kind: 'user', id: user.id, name: user.email }, downloads: user.download_count },
        ...sites.map(({ id, name, type, download_count: downloads }): Holder => ({
          source: { kind: 'site', type, id, name },
          downloads,
        })),
      ];
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** The kits of the own console and all own approved sites in one go, with their PINs. */
export const AllKitsDialog = ({ user, onClose }: AllKitsDialogProps) => {
  const { t } = useTranslation();
  const holders = useHolders(user);
  const [onlyNew, setOnlyNew] = useState(true);
  const [chosen, setChosen] = useState<readonly KitSource[]>([]);
  const fileName = `kits-${user.organization}.zip`;
  const { ready, generate } = useAllKits(fileName);
  return (
    <Dialog
      opened
      size="lg"
      title={t('allKits.title', { organization: user.organization })}
      onClose={onClose}
      lightDismiss={false}
    >
      {generate.isSuccess ? (
        <FocusHere>
          <AllKitsReady kits={ready} fileName={fileName} onClose={onClose} />
        </FocusHere>
      ) : generate.isPending ? (
        <FocusHere>
          <Group role="status">
            <Loader size="sm" />
            <Text>{t('allKits.progress', { done: ready.length, total: chosen.length })}</Text>
          </Group>
        </FocusHere>
      ) : (
        <Stack>
          <SealedBanner />
          {generate.isError ? (
            <ProblemNote
              error={generate.error}
              title={t('allKits.stopped', { done: ready.length, total: chosen.length })}
              onRetry={() => {
                generate.mutate(chosen);
              }}
            />
          ) : (
            <Loaded query={holders}>
              {(all) => {
                const wanted = all.filter(({ downloads }) => !onlyNew || downloads === 0);
                return (
                  <>
                    <Text size="sm">{t('allKits.lead')}</Text>
                    <Checkbox
                      label={t('allKits.onlyNew')}
                      checked={onlyNew}
                      onChange={(event) => {
                        setOnlyNew(event.currentTarget.checked);
                      }}
                    />
                    <ul className="decision-list" aria-label={t('allKits.which')} tabIndex={0}>
                      {wanted.map(({ source }) => (
                        <li key={`${source.kind}-${source.id}`}>
                          {source.kind === 'user'
                            ? t('downloads.consoleOf', { name: source.name })
                            : source.name}
                        </li>
                      ))}
                    </ul>
                    {wanted.length === 0 ? <Text>{t('allKits.none')}</Text> : null}
                    <Group justify="flex-end">
                      <Button variant="default" onClick={onClose}>
                        {t('common.cancel')}
                      </Button>
                      <Button
                        disabled={wanted.length === 0}
                        onClick={() => {
                          const sources = wanted.map(({ source }) => source);
                          setChosen(sources);
                          generate.mutate(sources);
                        }}
                      >
                        {t('allKits.start', { count: wanted.length })}
                      </Button>
                    </Group>
                  </>
                );
              }}
            </Loaded>
          )}
        </Stack>
      )}
    </Dialog>
  );
};
