import { useTranslation } from 'react-i18next';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import type { SiteValues } from './site-fields.tsx';

export type SiteErrors = Readonly<Record<keyof SiteValues, string | null>>;

const MAX_GPUS = 1024;
const MAX_MEMORY = 65535;

/** A blank site: nothing is guessed for the person. */
export const BLANK_SITE: SiteValues = { name: '', gpus: '', memory: '' };

/** Returns what the API takes for a site's form. */
export const siteBody = (values: SiteValues) => ({
  name: values.name,
  capacity: { num_of_gpus: Number(values.gpus), mem_per_gpu_in_GiB: Number(values.memory) },
});

export const hasErrors = (errors: SiteErrors): boolean =>
  Object.values(errors).some((error) => error !== null);

/** Checks a site's form: an empty number is asked for, never guessed. */
export const useSiteCheck = () => {
  const { t } = useTranslation();
  const name = useNameCheck();
  const count = (value: number | string, max: number): string | null =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max
      ? null
      : t('check.number', { min: 0, max });
  return (values: SiteValues): SiteErrors => ({
    name: name('site', values.name),
    gpus: count(values.gpus, MAX_GPUS),
    memory: count(values.memory, MAX_MEMORY),
  });
};
