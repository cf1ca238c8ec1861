import type { OrganizationProgress } from '../../../contract/api/overview.ts';
import { STAGES } from '../../../contract/stages.ts';
import { api, responseOf } from '../../api/client.ts';
import type { ListSource } from '../../ui/tables/list-source.ts';

/** An organization with its place in the list, which tells the rows apart. */
export interface OrganizationRow extends OrganizationProgress {
  readonly id: number;
}

/** The organizations that bring sites. */
export const ORGANIZATIONS: ListSource<OrganizationRow> = {
  key: 'organizations',
  read: async ({ text, facets, offset, limit }) => {
    const stage = STAGES.find((name) => name === facets['stage']);
    const query = {
      offset,
      limit,
      ...(text === '' ? {} : { q: text }),
      ...(stage === undefined ? {} : { stage }),
    };
    const { organizations, total } = await responseOf(
      api.GET('/api/v1/organizations/progress', { params: { query } }),
    );
    return { rows: organizations.map((row, at) => ({ ...row, id: offset + at })), total };
  },
};
