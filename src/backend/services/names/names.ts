import type { NamedCertificate } from '../../../contract/api/names.ts';
import type { z } from 'zod';
import { ApiError } from '../../../contract/errors.ts';
import { authorize } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { certificatesNamed, holdersOf, releaseIssuedName } from '../../store/issued-names.ts';
import { toHttpDate } from '../../store/timestamp.ts';
import { normalizeName } from './normalize-name.ts';

/**
 * Lets others take a name that certificates of the ledger carry.
 *
 * @returns the certificates that still carry it and stay valid
 * @throws ApiError `unauthorized`, `conflicting` when nobody holds the name
 */
export const releaseName = async (
  context: ServiceContext,
  requester: Requester,
  name: string,
): Promise<z.infer<typeof NamedCertificate>[]> => {
  authorize(requester.principal, 'names.release');
  const key = normalizeName(name);
  return change(context, requester, async (trx, audit) => {
    if ((await holdersOf(trx, [key])).length === 0) {
      throw new ApiError('conflicting', `No certificate reserves the name ${name}.`, {
        fields: [{ path: 'name', code: 'not_reserved', message: 'is reserved by no certificate' }],
      });
    }
    const certificates = await certificatesNamed(trx, key);
    await releaseIssuedName(trx, key);
    await audit('name.release', `name:${key}`, { serials: certificates.map(({ serial }) => serial) });
    return certificates.map((row) => ({ ...row, not_after: toHttpDate(row.not_after) }));
  });
};
