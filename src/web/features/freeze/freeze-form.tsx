import { Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { preparedRootQuery } from '../../api/queries.ts';
import type { Project } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { Placeholder } from '../../ui/placeholder.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { Checks } from './checks.tsx';
import { OwnRootCard } from './own-root-card.tsx';
import { FixedValues } from './fixed-values.tsx';

const Confirmation = ({ project }: { readonly project: Project }) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [typed, setTyped] = useState('');
  const freeze = useMutation({
    mutationFn: () => responseOf(api.PATCH('/api/v1/project', { body: { frozen: true } })),
    onSuccess: () => cache.invalidateQueries(),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typed === project.short_name) {
          freeze.mutate();
        }
      }}
    >
      <Stack>
        {freeze.isError ? <ProblemNote error={freeze.error} /> : null}
        <TextInput
          label={t('freeze.confirm', { name: project.short_name })}
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
        <Group>
          <Button
            color="red.9"
            type="submit"
            loading={freeze.isPending}
            disabled={typed !== project.short_name}
          >
            {t('freeze.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

const Missing = ({ project }: { readonly project: Project }) => {
  const { t } = useTranslation();
  const unnamed = project.short_name === '';
  return (
    <Card title={t('freeze.missing')}>
      <p>{unnamed ? t('freeze.noName') : t('freeze.noServer')}</p>
      <Group>
        <ButtonLink to={unnamed ? '/project' : '/server'}>
          {unnamed ? t('freeze.toProject') : t('freeze.toServer')}
        </ButtonLink>
      </Group>
    </Card>
  );
};

/** Left what becomes fixed, right live checks; the short name typed in confirms. */
export const FreezeForm = ({ project }: { readonly project: Project }) => {
  const ready = project.short_name !== '' && project.server1 !== '';
  // Shown at once: a card that grows later would move the button below it.
  const { isPending } = useQuery(preparedRootQuery);
  if (isPending) {
    return <Placeholder lines={8} />;
  }
  return (
    <>
      <SimpleGrid cols={{ base: 1, md: 2 }} className="top-aligned">
        <Stack>
          <FixedValues project={project} />
          {project.short_name === '' ? null : <OwnRootCard />}
        </Stack>
        <Checks />
      </SimpleGrid>
      {ready ? (
        <Card>
          <Confirmation project={project} />
        </Card>
      ) : (
        <Missing project={project} />
      )}
    </>
  );
};
