import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { UseFormReturnType } from '@mantine/form';
import { BLANK_SITE } from '../sites/site-checks.ts';
import { SiteFields } from '../sites/site-fields.tsx';
import type { SignUpValues } from './sign-up-values.ts';

const textOf = (error: unknown): string | null => (typeof error === 'string' ? error : null);

export const SitesStep = ({ form }: { readonly form: UseFormReturnType<SignUpValues> }) => {
  const { t } = useTranslation();
  const { sites } = form.values;
  return (
    <Stack>
      <Text size="sm">{t('signUp.sitesLead')}</Text>
      {sites.map((site, at) => (
        <fieldset key={at} className="plain-fieldset">
          <legend>{t('signUp.siteNumber', { number: at + 1 })}</legend>
          <SiteFields
            values={site}
            errors={{
              name: textOf(form.errors[`sites.${at}.name`]),
              gpus: textOf(form.errors[`sites.${at}.gpus`]),
              memory: textOf(form.errors[`sites.${at}.memory`]),
            }}
            onChange={(values) => {
              form.setFieldValue('sites', sites.with(at, values));
            }}
          />
          {sites.length > 1 ? (
            <Button
              mt="xs"
              size="compact-sm"
              variant="default"
              onClick={() => {
                form.setFieldValue('sites', sites.toSpliced(at, 1));
              }}
            >
              {t('signUp.removeSite', { number: at + 1 })}
            </Button>
          ) : null}
        </fieldset>
      ))}
      <Group>
        <Button
          variant="default"
          onClick={() => {
            form.setFieldValue('sites', [...sites, BLANK_SITE]);
          }}
        >
          {t('signUp.addSite')}
        </Button>
      </Group>
    </Stack>
  );
};
