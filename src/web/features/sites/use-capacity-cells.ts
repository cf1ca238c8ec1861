import { useTranslation } from 'react-i18next';
import type { Site } from '../../api/views.ts';
import { useChangeSite } from './use-change-site.ts';

const MAX_GPUS = 1024;
const MAX_MEMORY = 65535;

/** Returns what a site is equipped with, as cells that are edited in place. */
export const useCapacityCells = (site: Site) => {
  const { t } = useTranslation();
  const change = useChangeSite();
  const whole = (max: number) => (value: string) =>
    /^\d+$/.test(value) && Number(value) <= max ? null : t('check.number', { min: 0, max });
  const { num_of_gpus: gpus, mem_per_gpu_in_GiB: memory } = site.capacity;
  return [
    {
      what: t('columns.gpus'),
      value: String(gpus),
      check: whole(MAX_GPUS),
      save: (value: string) =>
        change(site, { capacity: { num_of_gpus: Number(value), mem_per_gpu_in_GiB: memory } }),
    },
    {
      what: t('columns.memory'),
      value: String(memory),
      check: whole(MAX_MEMORY),
      save: (value: string) =>
        change(site, { capacity: { num_of_gpus: gpus, mem_per_gpu_in_GiB: Number(value) } }),
    },
  ] as const;
};
