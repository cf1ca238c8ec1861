import type { INVITED_ROLES } from '../../contract/invitation-limits.ts';
import type { MailConfig } from '../mail/mail-config.ts';
import type { HardwareSettings } from '../root-ca/hardware/hardware-token.ts';
import type { DatabaseLocation } from '../store/open.ts';

/** Describes how the backend takes backups by itself. */
export interface BackupSettings {
  readonly everyMs: number;
  /** Number of its own archives that it keeps. */
  readonly keep: number;
  /** Absolute path. */
  readonly folder: string;
  /** Undefined writes them unencrypted. */
  readonly passphrase: string | undefined;
}

/** As OpenTelemetry names them. */
export const SAMPLERS = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const;

/** Describes where traces are sent, and which. */
export interface TracingSettings {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly resource: Readonly<Record<string, string>>;
  readonly sampler: (typeof SAMPLERS)[number];
  /** Share of the traces that samplers by ratio record. */
  readonly ratio: number;
}

/** Receiver of the audit log. */
export interface SyslogTarget {
  readonly tls: boolean;
  readonly host: string;
  readonly port: number;
  /** PEM; undefined: Node's own authorities. */
  readonly ca?: string | undefined;
}

type InvitedRole = (typeof INVITED_ROLES)[number];

/** An OpenID provider and what its claims mean here. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** undefined: a public client. */
  readonly clientSecret: string | undefined;
  /** Certificates (PEM) that are trusted besides those of Node. */
  readonly ca: string | undefined;
  readonly roleClaim: string;
  /** Group or role of the provider → role here, the first that fits counts. */
  readonly roles: readonly (readonly [string, InvitedRole])[];
  /** Empty: the person chooses the organization. */
  readonly organizationClaim: string;
  /** Lower-case e-mail domains; empty: all. */
  readonly domains: readonly string[];
  /** Somebody new with a role and an organization is approved at once. */
  readonly approves: boolean;
  /** Claim and value, any of which proves a second factor; empty: every log-in at the provider counts as one. */
  readonly secondFactor: readonly (readonly [claim: string, value: string])[];
}

/** A variable that looks like a setting and is none. */
export interface UnknownSetting {
  readonly name: string;
  /** Undefined where no setting has a similar name. */
  readonly meant: string | undefined;
}

/** Settings of the backend, checked and complete. */
export interface ServerConfig {
  /** Folder with db.sqlite, cert/, properties.yml. */
  readonly webRoot: string;
  readonly host: string;
  /** Address of the host on which a container's port is published; undefined: all, or no container. */
  readonly publishedHost?: string | undefined;
  readonly port: number;
  readonly database: DatabaseLocation;
  /** `email:password[:organization]` of the first project admin. */
  readonly credential: string | undefined;
  readonly passphrase: string | undefined;
  /** Token that holds the root key; undefined: the database does. */
  readonly hardware?: HardwareSettings | undefined;
  /** Key of the session tokens, when given from outside. */
  readonly secretKey: string | undefined;
  readonly logLevel: string;
  /** Variables with the prefix of the settings that are none, each with the one that was probably meant. */
  readonly unknownSettings?: readonly UnknownSetting[];
  /** Addresses and networks (CIDR) of proxies whose word counts; none by default. */
  readonly trustedProxies?: readonly string[] | undefined;
  /**
   * Where browsers reach the dashboard through a proxy: http or https, with the path that the proxy puts before the dashboard's.
   */
  readonly publicUrl?: string | undefined;
  /** Single sign-on; undefined without. */
  readonly oidc?: OidcSettings | undefined;
  /** False: only the first project admin logs in with a password. */
  readonly localPasswords?: boolean | undefined;
  /** Time for which a stop shows balancers that it is not ready before it closes its port. */
  readonly drainSeconds: number;
  /** Undefined: it takes none. */
  readonly backups?: BackupSettings | undefined;
  readonly syslog?: SyslogTarget | undefined;
  /** Undefined: no traces are recorded. */
  readonly tracing?: TracingSettings | undefined;
  /** Offers GET /metrics. */
  readonly metrics: boolean;
  /** Networks of the operator's own that webhooks may reach. */
  readonly webhookNetworks?: readonly string[] | undefined;
  /** Undefined: no e-mails are sent. */
  readonly mail?: MailConfig | undefined;
}
