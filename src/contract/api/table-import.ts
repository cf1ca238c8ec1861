import { z } from 'zod';
import { MAIL_LANGUAGES } from '../languages.ts';
import { NewInvitation, InvitationDays } from './invitation.ts';
import { RefusedField } from './response.ts';

/** Columns of a table of sites; an org admin's table needs the name alone. */
export const SITE_COLUMNS = [
  'name',
  'organization',
  'owner',
  'description',
  'num_of_gpus',
  'mem_per_gpu_in_GiB',
] as const;
/** Columns of a table of people to invite; all are needed. */
export const PEOPLE_COLUMNS = ['email', 'organization', 'role'] as const;

export const MAX_IMPORTED_ROWS = 500;
const MAX_TEXT = 100_000;

const Table = z
  .string()
  .max(MAX_TEXT, `is longer than ${MAX_TEXT} characters`)
  .describe(
    `CSV with a header, at most ${MAX_IMPORTED_ROWS} rows, separated by commas, semicolons or tabs; a byte order mark is ignored`,
  );

export const SitesImport = z.object({
  csv: Table,
  /** Checks the table and changes nothing. */
  dry_run: z.boolean().default(false),
});
export type SitesImport = z.infer<typeof SitesImport>;

export const PeopleImport = SitesImport.extend({
  expires_in_days: InvitationDays,
  /** Of the e-mails; by default that of the project admin. */
  language: z.enum(MAIL_LANGUAGES).optional(),
});
export type PeopleImport = z.infer<typeof PeopleImport>;

export const ImportedRow = z.object({
  /** Line of the file, the header being line 1. */
  line: z.number().int(),
  /** Column → value. */
  cells: z.record(z.string(), z.string()),
  /** With paths such as `lines.3.email`. */
  problems: z.array(RefusedField),
  /** Nobody belongs to this organization yet. */
  new_organization: z.boolean(),
  /** Organizations that a person could take for this one. */
  similar_organizations: z.array(z.string()),
});
export type ImportedRow = z.infer<typeof ImportedRow>;

export const SitesImportResponse = z.object({
  status: z.string(),
  /** False for a dry run. */
  imported: z.boolean(),
  rows: z.array(ImportedRow),
});
export const PeopleImportResponse = SitesImportResponse.extend({ invitations: z.array(NewInvitation) });
