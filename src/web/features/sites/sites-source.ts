import { APPROVALS } from '../../../contract/approval.ts';
import { api, responseOf } from '../../api/client.ts';
import type { Site } from '../../api/views.ts';
import type { ListSource } from '../../ui/tables/list-source.ts';

export const KIT_STATES = ['none', 'downloaded'] as const;

/** The sites that the requester may see. */
export const SITES: ListSource<Site> = {
  key: 'sites',
  read: async ({ text, sort, facets, offset, limit }) => {
    const approval = APPROVALS.find((state) => state === facets['state']);
    const kit = KIT_STATES.find((state) => state === facets['kit']);
    const { organization, owner } = facets;
    const query = {
      offset,
      limit,
      ...(text === '' ? {} : { q: text }),
      ...(sort === '' ? {} : { sort }),
      ...(approval === undefined ? {} : { approval }),
      ...(kit === undefined ? {} : { kit }),
      ...(organization === undefined ? {} : { organization }),
      ...(owner === undefined ? {} : { owner: Number(owner) }),
    };
    const { client_list: rows, total } = await responseOf(api.GET('/api/v1/clients', { params: { query } }));
    return { rows, total };
  },
};
