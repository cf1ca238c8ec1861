import { Button, Group, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OrganizationRequests } from './by-organization.ts';

interface GroupHeadProps {
  readonly group: OrganizationRequests;
  readonly onApprove: () => void;
}

/** Names an organization and approves all of its people and sites at once. */
export const GroupHead = ({ group: { organization, requests }, onApprove }: GroupHeadProps) => {
  const { t } = useTranslation();
  const people = requests.filter(({ kind }) => kind === 'user').length;
  const sites = requests.length - people;
  const what = [
    people > 0 ? t('inbox.people', { count: people }) : '',
    sites > 0 ? t('inbox.sites', { count: sites }) : '',
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <Group justify="space-between" mt="sm">
      <Title order={2} size="h5">
        {organization || t('inbox.noOrganization')}
      </Title>
      {requests.length > 1 && organization !== '' ? (
        <Button size="xs" variant="light" onClick={onApprove}>
          {t('inbox.approveOrganization', { organization, what })}
        </Button>
      ) : null}
    </Group>
  );
};
