import { PEOPLE_COLUMNS, SITE_COLUMNS } from '../../../contract/api/table-import.ts';
import { api, responseOf } from '../../api/client.ts';
import type { ImportedRow, NewInvitation } from '../../api/views.ts';

export type ImportKind = 'sites' | 'people';

/** Response of the backend to a table; with invitations for the people among its rows only. */
export interface ImportResult {
  readonly rows: readonly ImportedRow[];
  readonly invitations: readonly NewInvitation[];
}

export const COLUMNS: Readonly<Record<ImportKind, readonly string[]>> = {
  sites: SITE_COLUMNS,
  people: PEOPLE_COLUMNS,
};

/** A table to start from, with a row that shows what is meant. */
export const TEMPLATES: Readonly<Record<ImportKind, readonly (readonly string[])[]>> = {
  sites: [SITE_COLUMNS, ['clinic-1', 'Clinic', '', 'Radiology', '4', '40']],
  people: [PEOPLE_COLUMNS, ['name@clinic.example.org', 'Clinic', 'org_admin']],
};

/** Checks the table, or imports it. */
export const sendTable = async (
  kind: ImportKind,
  body: { readonly csv: string; readonly dry_run: boolean },
): Promise<ImportResult> => {
  if (kind === 'sites') {
    return { ...(await responseOf(api.POST('/api/v1/clients/import', { body }))), invitations: [] };
  }
  return responseOf(api.POST('/api/v1/invitations/import', { body }));
};
