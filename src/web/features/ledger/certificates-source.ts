import { CERTIFICATE_KINDS, CERTIFICATE_STATES } from '../../../contract/revocation.ts';
import { api, responseOf } from '../../api/client.ts';
import type { LedgerEntry } from '../../api/views.ts';
import type { ListSource } from '../../ui/tables/list-source.ts';

/** Days within which a certificate counts as expiring soon. */
export const SOON_DAYS = 60;

/** Every certificate that was issued. */
export const CERTIFICATES: ListSource<LedgerEntry> = {
  key: 'ledger',
  read: async ({ text, sort, facets, offset, limit }) => {
    const state = CERTIFICATE_STATES.find((name) => name === facets['state']);
    const kind = CERTIFICATE_KINDS.find((name) => name === facets['kind']);
    const query = {
      offset,
      limit,
      ...(text === '' ? {} : { q: text }),
      ...(sort === '' ? {} : { sort }),
      ...(state === undefined ? {} : { state }),
      ...(kind === undefined ? {} : { kind }),
      ...(facets['soon'] === undefined ? {} : { within: SOON_DAYS }),
    };
    const { kits: rows, total } = await responseOf(api.GET('/api/v1/kits', { params: { query } }));
    return { rows, total };
  },
};
