import type { Reader, Trx } from './database.ts';
import { AWAITED } from './certificates.ts';

/** Describes how a re-issue leaves a certificate. */
export interface OutdatedCertificate {
  readonly serial: string;
  readonly outdated: 'kit' | 'certificate' | 'removed';
  /** Common name of the certificate that is to follow. */
  readonly replacement: string;
}

/** Marks a certificate whose kit no longer fits; one that does not fit itself is superseded from now on. */
export const markOutdated = async (
  trx: Trx,
  { serial, outdated, replacement }: OutdatedCertificate,
): Promise<void> => {
  await trx
    .updateTable('certificate')
    .set({ outdated, replacement, ...(outdated === 'kit' ? {} : { superseded_by: AWAITED }) })
    .where('serial', '=', serial)
    .execute();
};

/** Takes the mark of a re-issue from a certificate that stayed in force, once its holder has the next kit. */
export const clearOutdatedKit = async (trx: Trx, serial: string): Promise<void> => {
  await trx
    .updateTable('certificate')
    .set({ outdated: '', replacement: '' })
    .where('serial', '=', serial)
    .where('outdated', '=', 'kit')
    .execute();
};

/** A project admin, by whose organization server certificates are named. */
export interface AdminOrganization {
  readonly id: number;
  readonly organization: string;
}

/** Returns everybody with one of these IDs, and all project admins, with role and organization. */
export const adminsAnd = (
  db: Reader | Trx,
  ids: readonly number[],
): Promise<(AdminOrganization & { readonly role: string })[]> =>
  db
    .selectFrom('user')
    .innerJoin('role', 'role.id', 'user.role_id')
    .innerJoin('organization', 'organization.id', 'user.organization_id')
    .select(['user.id', 'role.name as role', 'organization.name as organization'])
    .where((row) =>
      row.or([
        row('role.name', '=', 'project_admin'),
        ...(ids.length === 0 ? [] : [row('user.id', 'in', ids)]),
      ]),
    )
    .orderBy('user.id')
    .execute();
