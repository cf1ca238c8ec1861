import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { type UseFormReturnType as FormOf } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { organizationsQuery } from '../../api/queries.ts';
import { similarNames } from '../../../contract/similar-names.ts';
import type { SignUpValues } from './sign-up-values.ts';

const CHOICES = ['member', 'lead', 'org_admin'] as const;

export const RoleStep = ({ form }: { readonly form: FormOf<SignUpValues> }) => {
  const { t } = useTranslation();
  const { data: organizations = [] } = useQuery(organizationsQuery);
  const { organization } = form.values;
  const names = organizations.map(({ name }) => name);
  const similar = names.includes(organization) ? [] : similarNames(organization, names);
  const listed = organizations.map(({ name, display_name }) =>
    display_name === '' ? name : `${display_name} (${name})`,
  );
  return (
    <>
      <TextInput
        label={t('signUp.organization')}
        description={t('signUp.organizationHint')}
        autoComplete="organization"
        required
        list="existing-organizations"
        {...form.getInputProps('organization')}
      />
      <datalist id="existing-organizations">
        {organizations.map(({ name, display_name }) => (
          <option key={name} value={name} label={display_name === '' ? name : display_name} />
        ))}
      </datalist>
      {similar.length > 0 ? (
        <Text size="sm" fw={600} role="status">
          {t('signUp.didYouMean', { list: similar.join(', ') })}
        </Text>
      ) : null}
      {organizations.length > 0 ? (
        <Text size="sm" c="dimmed">
          {t('signUp.existing', { list: listed.join(', ') })}
        </Text>
      ) : null}
      <Radio.Group label={t('signUp.role')} {...form.getInputProps('role')}>
        <Stack gap="xs" mt="xs">
          {CHOICES.map((role) => (
            <Radio
              key={role}
              value={role}
              label={t(`roles.${role}`)}
              description={t(`signUp.roleHint.${role}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </>
  );
};
