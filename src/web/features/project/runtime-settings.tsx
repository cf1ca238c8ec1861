import { JsonInput, NativeSelect, Switch } from '@mantine/core';
import { type UseFormReturnType as FormOf } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { dependsOn, sinceRelease, type KitSetting } from '../../../contract/kit-settings.ts';
import { NEWEST_RELEASE, TARGET_RELEASES } from '../../../contract/releases.ts';
import { Card } from '../../ui/card.tsx';
import { SIGNED_JOBS, type ProjectValues } from './project-values.ts';

interface RuntimeSettingsProps {
  readonly form: FormOf<ProjectValues>;
  /** True for a setting that cannot change any more. */
  readonly fixed: (setting: string) => boolean;
}

/** Shows what servers and sites do, as far as kits of the chosen release say it. */
export const RuntimeSettings = ({ form, fixed }: RuntimeSettingsProps) => {
  const { t } = useTranslation();
  const release = TARGET_RELEASES.find((each) => each === form.values.target_release) ?? NEWEST_RELEASE;
  const described = (setting: KitSetting, hint: string) => ({
    description: dependsOn(release, setting)
      ? hint
      : t('project.noEffect', { release, since: sinceRelease(setting) }),
    disabled: fixed(setting),
  });
  return (
    <Card title={t('project.runtime')}>
      <NativeSelect
        label={t('project.signedJobs')}
        data={SIGNED_JOBS.map((value) => ({
          value,
          label: t(`project.signedJobsChoice.${value === '' ? 'default' : value}`),
        }))}
        {...described('require_signed_jobs', t('project.signedJobsHint'))}
        {...form.getInputProps('signed_jobs')}
      />
      <Switch
        label={t('project.jemalloc')}
        {...described('jemalloc', t('project.jemallocHint'))}
        {...form.getInputProps('jemalloc', { type: 'checkbox' })}
      />
      <JsonInput
        label={t('project.studies')}
        autosize
        minRows={2}
        {...described('studies', t('project.studiesHint'))}
        {...form.getInputProps('studies')}
      />
      <JsonInput
        label={t('project.identities')}
        autosize
        minRows={2}
        {...described('auth_identity_map', t('project.identitiesHint'))}
        {...form.getInputProps('auth_identity_map')}
      />
    </Card>
  );
};
