import { APPROVALS } from '../../../contract/approval.ts';
import { ROLES } from '../../../contract/roles.ts';
import { api, responseOf } from '../../api/client.ts';
import type { User } from '../../api/views.ts';
import type { ListSource } from '../../ui/tables/list-source.ts';

/** The users that the requester may see. */
export const USERS: ListSource<User> = {
  key: 'users',
  read: async ({ text, sort, facets, offset, limit }) => {
    const approval = APPROVALS.find((state) => state === facets['state']);
    const role = ROLES.find((name) => name === facets['role']);
    const { organization } = facets;
    const query = {
      offset,
      limit,
      ...(text === '' ? {} : { q: text }),
      ...(sort === '' ? {} : { sort }),
      ...(approval === undefined ? {} : { approval }),
      ...(role === undefined ? {} : { role }),
      ...(organization === undefined ? {} : { organization }),
    };
    const { user_list: rows, total } = await responseOf(api.GET('/api/v1/users', { params: { query } }));
    return { rows, total };
  },
};
