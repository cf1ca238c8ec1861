import { NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { organizationsQuery } from '../../api/queries.ts';
import type { Organization } from '../../api/views.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

interface MergeDialogProps {
  readonly organization: Organization;
  readonly onDone: (into: string) => void;
  readonly onClose: () => void;
}

/** Moves people, sites and invitations to another organization. */
export const MergeDialog = ({ organization, onDone, onClose }: MergeDialogProps) => {
  const { t } = useTranslation();
  const { name, users, sites, similar } = organization;
  const { data: organizations = [] } = useQuery(organizationsQuery);
  const [into, setInto] = useState(similar[0] ?? '');
  const others = organizations.filter((other) => other.name !== name);
  return (
    <ConfirmDialog
      title={t('organizations.mergeTitle', { name })}
      submit={t('organizations.merge')}
      ready={into !== ''}
      action={() =>
        responseOf(
          api.POST('/api/v1/organizations/by-name/{name}/merge', {
            params: { path: { name } },
            body: { into },
          }),
        )
      }
      onDone={() => {
        onDone(into);
      }}
      onClose={onClose}
    >
      <Text>{t('organizations.mergeLead', { users, sites })}</Text>
      <NativeSelect
        label={t('organizations.mergeInto')}
        value={into}
        onChange={(event) => {
          setInto(event.currentTarget.value);
        }}
        data={[
          { value: '', label: t('organizations.choose') },
          ...others.map((other) => ({
            value: other.name,
            label: other.display_name === '' ? other.name : `${other.display_name} (${other.name})`,
          })),
        ]}
      />
    </ConfirmDialog>
  );
};
