import { z } from 'zod';
import type { ListQuery } from '../../../contract/api/response.ts';
import type { LedgerRow } from '../../../contract/api/root-ca.ts';
import { authorize } from '../../auth/authorization.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { Requester } from '../../auth/principal.ts';
import { countCertificates, isCertificateSort, listCertificates } from '../../store/certificates.ts';
import { toHttpDate } from '../../store/timestamp.ts';
import { listOrder, PAGE_ROWS } from '../list-order.ts';

const Texts = z.array(z.string());
const textsOf = (json: string): string[] => Texts.parse(JSON.parse(json));

/** Certificates issued for startup kits, filtered, sorted and paged. */
export const listLedger = async (
  context: ServiceContext,
  requester: Requester,
  query: z.infer<typeof ListQuery>,
): Promise<{ kits: z.infer<typeof LedgerRow>[]; total: number }> => {
  authorize(requester.principal, 'kits.list');
  const q = query.q ?? '';
  const order = listOrder(query.sort, isCertificateSort, 'id');
  const page = { q, offset: query.offset ?? 0, limit: query.limit ?? PAGE_ROWS, ...order };
  const rows = await listCertificates(context.db.reader, page);
  const total = await countCertificates(context.db.reader, q);
  const kits = rows.map((row) => ({
    ...row,
    subject_alt_names: textsOf(row.subject_alt_names),
    not_before: toHttpDate(row.not_before),
    not_after: toHttpDate(row.not_after),
    created_at: toHttpDate(row.created_at),
  }));
  return { kits, total };
};
