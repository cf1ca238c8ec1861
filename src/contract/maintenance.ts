import { z } from 'zod';
import { AuditHead } from './audit-head.ts';
import { ImportRequest } from './import.ts';

/**
 * Maintenance of a project's database requested by the host, with or without a running dashboard: one JSON document on the
 * standard input of `dist/backend/entry/maintain.js` (or, without secrets, as its argument), one on its standard output.
 * Secrets travel nowhere else.
 */
export const MaintenanceRequest = z.discriminatedUnion('task', [
  /** Consistent copy of a SQLite file, also while it is being written; `into` must not exist. */
  z.object({ task: z.literal('snapshot'), database: z.string(), into: z.string() }),
  /** Reads a SQLite file that nobody has open, and reports whether it is a valid project. */
  z.object({ task: z.literal('check'), database: z.string() }),
  /**
   * Looks at a SQLite file that nobody has open, as JSON of {@link ProjectInspection}; the passphrase is the root
   * key's.
   */
  z.object({ task: z.literal('inspect'), database: z.string(), passphrase: z.string().optional() }),
  /** Reads who waits for approval, which certificates expire and how many project admins there are, as JSON of {@link ProjectOverview}. */
  z.object({ task: z.literal('overview'), database: z.string() }),
  /** Copies a project between PostgreSQL and a SQLite file, and compares what arrived. */
  z.object({
    task: z.literal('copy'),
    webRoot: z.string(),
    databaseUrl: z.string(),
    to: z.enum(['postgres', 'sqlite']),
    /** The SQLite file. */
    file: z.string(),
    /** From now on the copy is the project: no backend may have the source open, and the folder names the copy. */
    takeOver: z.boolean(),
  }),
  /** Looks at the files beside the database, as JSON of {@link FolderProblems}; needs the database's module. */
  z.object({ task: z.literal('check-folder'), webRoot: z.string() }),
  /**
   * Looks whether the mail server and the OpenID provider respond and take what is configured, as JSON of
   * {@link ServiceFinding}s. The folder's kept variables are read as well.
   */
  z.object({
    task: z.literal('check-services'),
    /** Undefined: where the environment says. */
    webRoot: z.string().optional(),
    /** Of the dashboard; undefined: that of this process. */
    environment: z.record(z.string(), z.string()).optional(),
  }),
  /** Gives a project admin another password, which must be changed at the next log-in, and ends the sessions. */
  z.object({
    task: z.literal('reset-admin'),
    webRoot: z.string(),
    databaseUrl: z.string().optional(),
    secretKey: z.string().optional(),
    /** Undefined: the only one there is. */
    email: z.string().optional(),
    password: z.string(),
  }),
  /** Removes a project admin's second factors, and ends the sessions; the password stays. */
  z.object({
    task: z.literal('reset-second-factor'),
    webRoot: z.string(),
    databaseUrl: z.string().optional(),
    /** Undefined: the only one there is. */
    email: z.string().optional(),
  }),
  /** Writes web.crt and web.key into a folder, which is created where it is missing. */
  z.object({ task: z.literal('self-signed'), folder: z.string(), names: z.array(z.string()).min(1) }),
  /**
   * Writes a pair that a CA has issued, and what its renewal needs, into a folder, which is created where it is
   * missing.
   */
  z.object({
    task: z.literal('write-certificate'),
    folder: z.string(),
    files: z.object({
      'acme-account.key': z.string(),
      'web.key': z.string(),
      'web.crt': z.string(),
      'acme.json': z.string(),
    }),
  }),
  /** Reads where the audit log ends, as JSON of {@link AuditHead}. */
  z.object({ task: z.literal('audit-head'), webRoot: z.string(), databaseUrl: z.string().optional() }),
  /** Walks the audit log, as JSON of {@link AuditVerification}. */
  z.object({
    task: z.literal('audit-verify'),
    webRoot: z.string(),
    databaseUrl: z.string().optional(),
    secretKey: z.string().optional(),
    /** An earlier one, to be looked for. */
    head: AuditHead.optional(),
  }),
  ImportRequest,
]);
export type MaintenanceRequest = z.infer<typeof MaintenanceRequest>;

/** How far a long task has come; a line of its own before the response. */
export const MaintenanceProgress = z.object({ done: z.number().int(), of: z.number().int() });
export type MaintenanceProgress = Readonly<z.infer<typeof MaintenanceProgress>>;

export const MaintenanceResponse = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    text: z.string(),
    /** Of a copy: how many rows of which table. */
    rows: z.record(z.string(), z.number()).optional(),
  }),
  z.object({ ok: z.literal(false), message: z.string(), advice: z.string() }),
]);
export type MaintenanceResponse = z.infer<typeof MaintenanceResponse>;

const ProjectCounts = z.object({
  users: z.number().int(),
  sites: z.number().int(),
  certificates: z.number().int(),
});
export type ProjectCounts = Readonly<z.infer<typeof ProjectCounts>>;

export const ProjectInspection = ProjectCounts.extend({
  rootKeyInClear: z.boolean(),
  /** `open`: it can issue certificates; `sealed`: nobody gave its passphrase. */
  rootCa: z.enum(['absent', 'sealed', 'open']),
});
export type ProjectInspection = Readonly<z.infer<typeof ProjectInspection>>;

const WaitingCounts = z.object({ users: z.number().int(), sites: z.number().int() });
export type WaitingCounts = Readonly<z.infer<typeof WaitingCounts>>;

/** The root CA's key as the database holds it: readable, under a passphrase, or only the name of one in a token. */
export const ROOT_KEYS = ['clear', 'encrypted', 'token'] as const;

/** Expiry of what a project has issued; superseded and revoked certificates do not count. */
const CertificateExpiry = z.object({
  /** Of the root CA, ISO 8601; absent before the project is frozen. */
  root: z.string().optional(),
  /** The certificate that expires first. */
  first: z.object({ name: z.string(), at: z.string() }).optional(),
  /** Certificates that expire within 30 days. */
  soon: z.number().int(),
  expired: z.number().int(),
  /** Where the root CA's key is. */
  rootKey: z.enum(ROOT_KEYS).optional(),
});
export type CertificateExpiry = Readonly<z.infer<typeof CertificateExpiry>>;

/** What `status` shows of a project. */
export const ProjectOverview = z.object({
  waiting: WaitingCounts,
  expiry: CertificateExpiry,
  /** Number of project admins. */
  admins: z.number().int(),
});
export type ProjectOverview = Readonly<z.infer<typeof ProjectOverview>>;

/** Errors that would keep a start from succeeding or kits from being generated; undefined where all is well. */
export const FolderProblems = z.object({
  tokenKey: z.object({ message: z.string(), advice: z.string() }).optional(),
  properties: z.string().optional(),
  /** The root CA's key in `db.sqlite` has no passphrase. */
  rootKeyInClear: z.boolean().optional(),
  /** State of the root CA's key in `db.sqlite`; absent before there is one. */
  rootKey: z.enum(ROOT_KEYS).optional(),
});
export type FolderProblems = Readonly<z.infer<typeof FolderProblems>>;
