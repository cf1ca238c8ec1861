import { Button, Group, Paper, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isRole } from '../../../contract/roles.ts';
import { api, responseOf } from '../../api/client.ts';
import type { User } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { lazyPart } from '../../ui/lazy-part.ts';
import { ObjectionTexts } from '../approvals/objection-texts.tsx';

/** Comes when somebody objects: dialogs are no part of the first view. */
const ObjectionDialog = lazyPart(async () => (await import('./objection-dialog.tsx')).ObjectionDialog);

interface JoinRequestProps {
  readonly person: User;
  /** E-mail of the organization's admin. */
  readonly self: string;
}

const JoinRequest = ({ person, self }: JoinRequestProps) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const outcome = useOutcome();
  const [asking, setAsking] = useState(false);
  const { id, email, name, role, objections = [] } = person;
  const params = { path: { id } };
  const onSettled = () => cache.invalidateQueries();
  const object = useMutation({
    mutationFn: (reason: string) =>
      responseOf(api.POST('/api/v1/users/{id}/objection', { params, body: { reason } })),
    onSuccess: () => {
      outcome.done(t('objections.objected', { name: email }));
    },
    onError: outcome.failed,
    onSettled,
  });
  const withdraw = useMutation({
    mutationFn: () => responseOf(api.DELETE('/api/v1/users/{id}/objection', { params })),
    onSuccess: () => {
      outcome.done(t('objections.withdrawn', { name: email }));
    },
    onError: outcome.failed,
    onSettled,
  });
  const objects = objections.some(({ by }) => by === self);
  return (
    <Paper component="li" withBorder p="sm">
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Text fw={600}>{email}</Text>
          <Text size="sm">
            {[name, isRole(role) ? t(`roles.${role}`) : t('roles.unset')].filter(Boolean).join(' · ')}
          </Text>
          <ObjectionTexts objections={objections} />
        </div>
        {objects ? (
          <Button
            size="xs"
            variant="default"
            loading={withdraw.isPending}
            aria-label={t('objections.withdrawOf', { name: email })}
            onClick={() => {
              withdraw.mutate();
            }}
          >
            {t('objections.withdraw')}
          </Button>
        ) : (
          <Button
            size="xs"
            variant="default"
            loading={object.isPending}
            aria-label={t('objections.objectTo', { name: email })}
            onClick={() => {
              setAsking(true);
            }}
          >
            {t('objections.object')}
          </Button>
        )}
      </Group>
      {asking ? (
        <Suspense>
          <ObjectionDialog
            name={email}
            onObject={(reason) => {
              setAsking(false);
              object.mutate(reason);
            }}
            onClose={() => {
              setAsking(false);
            }}
          />
        </Suspense>
      ) : null}
    </Paper>
  );
};

interface JoinRequestsProps {
  readonly user: User;
  readonly people: readonly User[];
}

/** Shows who asks to join the organization to its admin, who may object. */
export const JoinRequestsCard = ({ user, people }: JoinRequestsProps) => {
  const { t } = useTranslation();
  return (
    <Card title={t('objections.title', { organization: user.organization })}>
      <Text size="sm">{t('objections.lead')}</Text>
      <ul className="plain-list facts-list">
        {people.map((person) => (
          <JoinRequest key={person.id} person={person} self={user.email} />
        ))}
      </ul>
    </Card>
  );
};
