import { Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Organization } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { useIsHere } from '../../ui/is-here.ts';
import { TextLink } from '../../ui/link.tsx';
import { EditOrganizationDialog } from './edit-organization-dialog.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { organizationPath } from './organization-path.ts';

interface OrganizationCardProps {
  readonly organization: Organization;
  readonly admin: boolean;
}

/** Names and contacts of an organization, and what looks like it. */
export const OrganizationCard = ({ organization, admin }: OrganizationCardProps) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const outcome = useOutcome();
  const [dialog, setDialog] = useState<'edit' | 'merge' | undefined>(undefined);
  const { name, contacts, similar, certificates } = organization;
  const close = () => {
    setDialog(undefined);
  };
  const finish = async (next: string) => {
    close();
    outcome.done(t('organizations.saved'));
    await cache.invalidateQueries();
    if (next !== name && isHere()) {
      await navigate(organizationPath(next), { replace: true });
    }
  };
  return (
    <Card title={t('organizations.details')}>
      <Text size="sm">{t('organizations.inCertificatesAs', { name })}</Text>
      <Text size="sm" className="lines">
        {contacts === '' ? t('organizations.noContacts') : contacts}
      </Text>
      {similar.length > 0 ? (
        <Text size="sm" fw={600}>
          {t('organizations.similar')}{' '}
          {similar.map((other) => (
            <TextLink key={other} to={organizationPath(other)}>
              {other}
            </TextLink>
          ))}
        </Text>
      ) : null}
      {admin ? (
        <Group>
          <Button
            variant="default"
            onClick={() => {
              setDialog('edit');
            }}
          >
            {t('organizations.edit')}
          </Button>
          {certificates === 0 ? (
            <Button
              variant="default"
              onClick={() => {
                setDialog('merge');
              }}
            >
              {t('organizations.mergeOpen')}
            </Button>
          ) : (
            <Text size="sm">{t('organizations.inCertificates', { count: certificates })}</Text>
          )}
        </Group>
      ) : null}
      {dialog === 'edit' ? (
        <EditOrganizationDialog
          organization={organization}
          onDone={(next) => {
            void finish(next);
          }}
          onClose={close}
        />
      ) : null}
      {dialog === 'merge' ? (
        <MergeDialog
          organization={organization}
          onDone={(into) => {
            void finish(into);
          }}
          onClose={close}
        />
      ) : null}
    </Card>
  );
};
