import { kitJson } from '../json.ts';

/** local/privacy.json.sample: an example for the site's operator; the runtime reads privacy.json only. */
export const PRIVACY_SAMPLE = kitJson({
  scopes: [
    {
      name: 'open-data',
      properties: { purpose: 'data sets that are public anyway' },
      task_result_filters: [],
      task_data_filters: [],
    },
    {
      name: 'patient-data',
      properties: {
        purpose: 'anything derived from patients: share a tenth of each model update, with noise',
      },
      task_result_filters: [
        {
          path: 'nvflare.app_common.filters.svt_privacy.SVTPrivacy',
          args: { fraction: 0.1, epsilon: 0.1, noise_var: 0.1 },
        },
        {
          path: 'nvflare.app_common.filters.percentile_privacy.PercentilePrivacy',
          args: { percentile: 10, gamma: 0.01 },
        },
      ],
      task_data_filters: [],
    },
  ],
  default_scope: 'patient-data',
});
