import type { CertificateRequestTable, EnrolmentTokenTable } from './request-tables.ts';
import type { Generated, Selectable } from 'kysely';
import type { PreparedRootTable, ProjectLogoTable, ProjectTable } from './project-tables.ts';
import type { OutboxTable, RequestMessageTable, WebhookTable } from './message-tables.ts';
import type {
  IdentityTable,
  PasskeyChallengeTable,
  PasskeyTable,
  RecoveryCodeTable,
  TotpTable,
} from './factor-tables.ts';

/**
 * Tables `organization` … `user` carry the column names of NVIDIA's dashboard (2.2–2.5, plus the props of 2.6),
 * so that its databases can be taken over; the others are new.
 * Times are texts `YYYY-MM-DD HH:MM:SS.ffffff` in UTC (see timestamp.ts), booleans 0 or 1.
 */
interface Stamped {
  readonly id: Generated<number>;
  readonly created_at: string;
  readonly updated_at: string;
}

interface Named extends Stamped {
  readonly name: string;
  readonly description: string;
}

/** JSON text such as `{"num_of_gpus":1,"mem_per_gpu_in_GiB":4}`, a copy for NVIDIA's dashboard up to 2.5. */
interface CapacityTable extends Stamped {
  readonly capacity: string;
}

interface OrganizationTable extends Named {
  /** As people know it; `name` is what certificates carry. */
  readonly display_name: Generated<string>;
  /** People to reach, in free text. */
  readonly contacts: Generated<string>;
}

interface UserTable extends Named {
  readonly email: string;
  /** werkzeug's format, see auth/password-hash.ts. */
  readonly password_hash: string;
  readonly role_id: number;
  readonly organization_id: number;
  readonly approval_state: Generated<number>;
  readonly approval_reason: Generated<string>;
  readonly download_count: Generated<number>;
  /** JSON text, empty when unset. */
  readonly props: Generated<string>;
  /** See PASSWORD_CHANGE. */
  readonly must_change_password: Generated<number>;
  /** Of the page and of e-mails; empty for the browser's. */
  readonly language: Generated<string>;
  /** When the last link to confirm the e-mail was asked for; empty: never. */
  readonly email_asked_at: Generated<string>;
  /** Empty while the e-mail is not confirmed. */
  readonly email_confirmed_at: Generated<string>;
  /** When somebody last logged in; empty: never. */
  readonly logged_in_at: Generated<string>;
  /** Of the terms accepted last; empty: none. */
  readonly terms_version: Generated<string>;
  readonly terms_accepted_at: Generated<string>;
}

interface ClientTable extends Named {
  readonly organization_id: number;
  readonly creator_id: number;
  /** Where NVIDIA's dashboard keeps the capacity up to 2.5. */
  readonly capacity_id: number | null;
  /** Where NVIDIA's dashboard keeps the same JSON text from 2.6 on; read here. */
  readonly capacity: string;
  readonly approval_state: Generated<number>;
  readonly approval_reason: Generated<string>;
  readonly download_count: Generated<number>;
  /** JSON text, empty when unset. */
  readonly props: Generated<string>;
  /** `client` or `relay`, see contract/participant-type.ts. */
  readonly type: Generated<string>;
}

export type PreparedRootRow = PreparedRootTable;

/** Former certificates of the root CA, replaced with the same key. */
interface EarlierRootTable {
  readonly sha256: string;
  readonly certificate: string;
  readonly not_after: string;
  readonly replaced_at: string;
}

/** What a kit that was handed out contains, to be compared with what it would contain now. */
interface IssuedKitTable {
  /** Of the participant's own certificate. */
  readonly serial: string;
  /** `server:1`, `server:2`, `overseer`, or `client:` or `user:` with the ID. */
  readonly participant: string;
  /** `kit`, or `signed_zip` for what `nvflare package` makes one from. */
  readonly form: string;
  /** JSON: content and causes. */
  readonly content: string;
}

/** Open sessions; a token whose `jti` is not here is worth nothing. */
interface SessionTable {
  readonly jti: string;
  readonly user_id: number;
  readonly created_at: string;
  readonly expires_at: string;
  /** When its requests last moved `expires_at`. */
  readonly used_at: string;
  /** When its user last proved the password. */
  readonly confirmed_at: string;
  /** IP address of the log-in. */
  readonly address: string;
  readonly user_agent: string;
  /** Of a log-in at an identity provider, for the log-out there; empty for one with a password. */
  readonly id_token: Generated<string>;
}

/** Access tokens of scripts and of the command. */
interface AccessTokenTable {
  readonly id: string;
  readonly user_id: number;
  readonly name: string;
  /** Of the secret part, lower-case hexadecimal. */
  readonly secret_sha256: string;
  /** Separated by spaces. */
  readonly scopes: string;
  readonly created_at: string;
  readonly expires_at: string;
  /** To the minute; empty before the first use. */
  readonly used_at: string;
}

/** Access tokens that belong to the project rather than to a person. */
interface ProjectTokenTable extends Omit<AccessTokenTable, 'user_id'> {
  /** E-mail of who created it. */
  readonly created_by: string;
}

/** Sign-up links that a project admin approved in advance. */
interface InvitationTable {
  readonly id: string;
  /** Of the secret part, lower-case hexadecimal. */
  readonly secret_sha256: string;
  /** Empty: anybody's. */
  readonly email: string;
  readonly organization: string;
  readonly role: string;
  readonly invited_by: string;
  readonly inviter_id: number;
  readonly created_at: string;
  readonly expires_at: string;
  readonly uses_left: number;
  /** JSON array of e-mails. */
  readonly accepted_by: string;
}

/** Links that work once: to choose a new password, to confirm an e-mail. */
interface OneTimeLinkTable {
  readonly id: string;
  readonly purpose: string;
  readonly user_id: number;
  /** The account's when the link was generated: ids are used again. */
  readonly email: string;
  /** Of the secret part, lower-case hexadecimal. */
  readonly secret_sha256: string;
  readonly created_at: string;
  readonly expires_at: string;
}

/** Describes what org admins have against requests to join their organization. */
interface ObjectionTable {
  readonly user_id: number;
  readonly objector_id: number;
  /** E-mail. */
  readonly objector: string;
  /** That the request was for. */
  readonly organization: string;
  readonly reason: string;
  readonly created_at: string;
}

/** Ledger of issued certificates. */
interface CertificateTable {
  readonly id: Generated<number>;
  readonly kind: string;
  readonly common_name: string;
  /** Upper-case hexadecimal. */
  readonly serial: string;
  /** Of the DER, lower-case hexadecimal. */
  readonly sha256: string;
  readonly not_before: string;
  readonly not_after: string;
  /** E-mail of the requester. */
  readonly requested_by: string;
  readonly created_at: string;
  /** JSON array of texts: all names the certificate is valid for. */
  readonly subject_alt_names: string;
  /** As in {@link IssuedNameTable}. */
  readonly holder: string;
  /** ID of the site or user in `holder`; 0 for a server. */
  readonly holder_id: number;
  /** Organization that it was issued for; empty for the first rows of old projects. */
  readonly organization: string;
  readonly role: string;
  /** `dashboard` or `site`: where the private key was generated. */
  readonly key_origin: string;
  /** Of the SubjectPublicKeyInfo, lower-case hexadecimal; empty for the first rows of old projects. */
  readonly public_key_sha256: string;
  /** Of the root certificate in the kit that was fetched last, lower-case hexadecimal. */
  readonly root_sha256: string;
  /** Serial number of the holder's next certificate; empty while there is none, `awaited` after a re-issue. */
  readonly superseded_by: string;
  /** Part that a re-issue changed: `kit`, `certificate`, `removed`; empty without. */
  readonly outdated: string;
  /** Common name of the certificate that is to follow after a re-issue; empty without. */
  readonly replacement: string;
  /** Empty while it is not revoked. */
  readonly revoked_at: string;
  readonly revocation_reason: string;
}

/** One row, id 1: the revocation list signed last. */
interface CrlTable {
  readonly id: number;
  readonly number: number;
  readonly this_update: string;
  readonly next_update: string;
  /** Digest of the revoked certificates in it. */
  readonly covers: string;
  readonly pem: string;
}

/** Names in issued certificates, which nobody but their holder may have again. */
interface IssuedNameTable {
  readonly id: Generated<number>;
  /** Normalized, see normalize-name.ts. */
  readonly name: string;
  /** `server`, or `client:ID@TIME`, `user:ID@TIME`; empty when it cannot be told any more. */
  readonly holder: string;
  readonly organization: string;
  readonly kind: string;
  readonly serial: string;
  readonly released: Generated<number>;
}

/** Hash chain; ids have no gap. */
interface AuditTable {
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  /** JSON text. */
  readonly detail: string;
  readonly address: string;
  readonly request_id: string;
  readonly hash: string;
}

/** One row, id 1: where the chain ends, so that a cut tail shows. */
/** One row: up to where the audit log has been sent, and by which backend. */
interface SyslogPositionTable {
  readonly id: number;
  readonly sent: number;
  readonly holder: string;
  readonly held_until: string;
}

interface AuditHeadTable {
  readonly id: number;
  readonly last_id: number;
  readonly hash: string;
  /** See audit-key.ts. */
  readonly keyed_after: Generated<number>;
  readonly keyed_after_hash: Generated<string>;
  readonly unproven_until: Generated<number>;
  readonly key_id: Generated<string>;
  readonly sealed_key: Generated<string>;
}

/** A state that is about to be changed, so that a decision made on it can be told what changed. */
interface EarlierStateTable {
  readonly subject: string;
  readonly version: string;
  /** JSON text. */
  readonly state: string;
  /** Stored time. */
  readonly at: string;
}

/** Rows of older databases that share a name with another, which a unique index leaves out. */
interface ToleratedDuplicateTable {
  readonly relation: string;
  readonly row_id: number;
}

/** Repairs of rows of other dashboards that no start has made known yet. */
interface RowRepairTable {
  readonly id: Generated<number>;
  readonly relation: string;
  readonly row_id: number;
  readonly field: string;
  readonly was: string;
  readonly done: string;
}

/** Filters of a list of the page, kept with an account. */
interface SavedViewTable {
  readonly id: string;
  readonly user_id: number;
  readonly list: string;
  readonly name: string;
  /** JSON, see `ViewFilters` in contract/api/saved-view.ts. */
  readonly filters: string;
  readonly created_at: string;
}

export interface Schema {
  readonly organization: OrganizationTable;
  readonly role: Named;
  readonly capacity: CapacityTable;
  readonly project: ProjectTable;
  readonly project_logo: ProjectLogoTable;
  readonly user: UserTable;
  readonly client: ClientTable;
  readonly session: SessionTable;
  readonly access_token: AccessTokenTable;
  readonly project_token: ProjectTokenTable;
  readonly invitation: InvitationTable;
  readonly outbox: OutboxTable;
  readonly webhook: WebhookTable;
  readonly request_message: RequestMessageTable;
  readonly one_time_link: OneTimeLinkTable;
  readonly totp: TotpTable;
  readonly passkey: PasskeyTable;
  readonly passkey_challenge: PasskeyChallengeTable;
  readonly identity: IdentityTable;
  readonly objection: ObjectionTable;
  readonly saved_view: SavedViewTable;
  readonly recovery_code: RecoveryCodeTable;
  readonly certificate: CertificateTable;
  readonly issued_name: IssuedNameTable;
  readonly earlier_state: EarlierStateTable;
  readonly tolerated_duplicate: ToleratedDuplicateTable;
  readonly row_repair: RowRepairTable;
  readonly certificate_request: CertificateRequestTable;
  readonly enrolment_token: EnrolmentTokenTable;
  readonly prepared_root: PreparedRootTable;
  readonly earlier_root: EarlierRootTable;
  readonly issued_kit: IssuedKitTable;
  readonly crl: CrlTable;
  readonly audit: AuditTable;
  readonly audit_head: AuditHeadTable;
  readonly syslog_position: SyslogPositionTable;
}

export type ProjectRow = Selectable<ProjectTable>;
export type CertificateRow = Selectable<CertificateTable>;
export type NewCertificate = Omit<
  CertificateRow,
  'id' | 'superseded_by' | 'outdated' | 'replacement' | 'revoked_at' | 'revocation_reason'
>;
export type RequestRow = Selectable<CertificateRequestTable>;
export type SessionRow = Selectable<SessionTable>;
export type SavedViewRow = Selectable<SavedViewTable>;
export type ObjectionRow = Selectable<ObjectionTable>;
export type IdentityRow = Selectable<IdentityTable>;
export type OrganizationRow = Selectable<OrganizationTable>;
export type TotpRow = Selectable<TotpTable>;
export type EnrolmentTokenRow = Selectable<EnrolmentTokenTable>;
export type PasskeyRow = Selectable<PasskeyTable>;
export type PasskeyChallengeRow = Selectable<PasskeyChallengeTable>;
export type InvitationRow = Selectable<InvitationTable>;
export type OutboxRow = Selectable<OutboxTable>;
export type ProjectLogoRow = Selectable<ProjectLogoTable>;
export type RequestMessageRow = Selectable<RequestMessageTable>;
export type WebhookRow = Selectable<WebhookTable>;
export type OneTimeLinkRow = Selectable<OneTimeLinkTable>;
export type AccessTokenRow = Selectable<AccessTokenTable>;
export type ProjectTokenRow = Selectable<ProjectTokenTable>;
export type StoredAudit = Selectable<AuditTable>;
