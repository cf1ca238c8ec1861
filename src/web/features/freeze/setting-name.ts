import { useTranslation } from 'react-i18next';

const NAMES = {
  short_name: 'project.shortName',
  title: 'project.projectTitle',
  description: 'project.description',
  app_location: 'project.appLocation',
  starting_date: 'project.start',
  end_date: 'project.end',
  server1: 'server.host',
  server2: 'server.server2',
  overseer: 'server.overseer',
  target_release: 'project.release',
  root_valid_days: 'project.rootDays',
  leaf_valid_days: 'project.leafDays',
  require_signed_jobs: 'project.signedJobs',
  jemalloc: 'project.jemalloc',
  auth_identity_map: 'project.identities',
  studies: 'project.studies',
  passphrase: 'sealed.passphrase',
} as const;

const isNamed = (setting: string): setting is keyof typeof NAMES => Object.hasOwn(NAMES, setting);

/** Returns what the page calls a setting of the project; settings of the properties file keep their own names. */
export const useSettingName = (): ((setting: string) => string) => {
  const { t } = useTranslation();
  return (setting) => (isNamed(setting) ? t(NAMES[setting]) : setting);
};
