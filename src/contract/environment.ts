/** The environment contract between the command, the image and the backend. */
export const ENVIRONMENT = {
  /** Project folder as the backend sees it. */
  webRoot: 'NVFL_WEB_ROOT',
  webPort: 'NVFL_WEB_PORT',
  /** Address to listen on; default all. */
  webHost: 'NVFL_WEB_HOST',
  /** Address of the host on which the engine publishes a container's port; set by the command. */
  publishedHost: 'NVFL_PUBLISHED_HOST',
  credential: 'NVFL_CREDENTIAL',
  passphrase: 'NVFL_DASHBOARD_PP',
  /** Absolute path of a PKCS#11 module: the root key is in its token, not in the database. */
  pkcs11Module: 'NVFL_PKCS11_MODULE',
  /** `TOKEN` or `TOKEN/KEY`: their labels; the key's is `nvflare-root` by default. */
  pkcs11Label: 'NVFL_PKCS11_LABEL',
  pkcs11Pin: 'NVFL_PKCS11_PIN',
  secretKey: 'SECRET_KEY',
  databaseUrl: 'DATABASE_URL',
  /** `1`: a framed {@link Secrets} document arrives on standard input. */
  secretsOnStdin: 'NVFL_SECRETS_STDIN',
  logLevel: 'NVFL_LOG_LEVEL',
  /** Addresses and networks (CIDR) of proxies whose X-Forwarded-* headers count, separated by commas. */
  trustedProxies: 'NVFL_TRUSTED_PROXIES',
  /** Where browsers reach the dashboard through a proxy, such as `https://example.org/flare/`. */
  publicUrl: 'NVFL_PUBLIC_URL',
  /** `syslog+tls://host:port` or `syslog+tcp://…`: where the audit log is sent as well. */
  syslogUrl: 'NVFL_SYSLOG_URL',
  /** File with the certificates of the authorities that the receiver's one is checked against. */
  syslogCaFile: 'NVFL_SYSLOG_CA_FILE',
  /** Seconds, 0 to 300: how long a stop lets balancers see it before the port closes; default 0. */
  drainSeconds: 'NVFL_DRAIN_SECONDS',
  /** `1`, `true`, `yes` or `on`: offers GET /metrics. */
  metrics: 'NVFL_METRICS',
  /** OpenTelemetry collector (OTLP over HTTP), such as `http://collector:4318`; unset: no traces. */
  otlpEndpoint: 'OTEL_EXPORTER_OTLP_ENDPOINT',
  /** Its whole address for traces, where it is another one. */
  otlpTracesEndpoint: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  /** Only `http/protobuf`. */
  otlpProtocol: 'OTEL_EXPORTER_OTLP_PROTOCOL',
  /** `name=value` of headers for the collector, separated by commas. */
  otlpHeaders: 'OTEL_EXPORTER_OTLP_HEADERS',
  serviceName: 'OTEL_SERVICE_NAME',
  /** `name=value` of what tells this backend from others, separated by commas. */
  resourceAttributes: 'OTEL_RESOURCE_ATTRIBUTES',
  /** Which traces are recorded, such as `parentbased_traceidratio`. */
  tracesSampler: 'OTEL_TRACES_SAMPLER',
  /** Share of the traces, 0 to 1. */
  tracesSamplerRatio: 'OTEL_TRACES_SAMPLER_ARG',
  /** Mail server, such as `smtp://user@mail.example.org:587` or `smtps://…`; never with the password. */
  smtpUrl: 'NVFL_SMTP_URL',
  smtpPassword: 'NVFL_SMTP_PASSWORD',
  /** PEM file of the CA that the mail server's certificate comes from. */
  smtpCaFile: 'NVFL_SMTP_CA_FILE',
  /** Sender of e-mails: `address` or `Name <address>`. */
  mailFrom: 'NVFL_MAIL_FROM',
  /** Addresses and networks (CIDR) of one's own that webhooks may reach, separated by commas. */
  webhookNetworks: 'NVFL_WEBHOOK_ALLOWED_NETWORKS',
  /** Interval of the backend's own backups, such as `1d`; unset: none. */
  backupEvery: 'NVFL_BACKUP_EVERY',
  /** Number of its backups that it keeps. */
  backupKeep: 'NVFL_BACKUP_KEEP',
  /** Where it writes them, absolute or from the project folder. */
  backupFolder: 'NVFL_BACKUP_FOLDER',
  /** Address of the OpenID provider, as in its discovery document. */
  oidcIssuer: 'NVFL_OIDC_ISSUER',
  oidcClientId: 'NVFL_OIDC_CLIENT_ID',
  /** PEM file of the certificate authority that signed the provider's certificate. */
  oidcCaFile: 'NVFL_OIDC_CA_FILE',
  /** Claim that names the groups or roles; dots lead into objects. */
  oidcRoleClaim: 'NVFL_OIDC_ROLE_CLAIM',
  /** `GROUP=ROLE`, separated by commas; the first that fits counts. */
  oidcRoles: 'NVFL_OIDC_ROLES',
  /** Claim that names the organization. */
  oidcOrganizationClaim: 'NVFL_OIDC_ORGANIZATION_CLAIM',
  /** E-mail domains that may sign up, separated by commas; default all. */
  oidcDomains: 'NVFL_OIDC_DOMAINS',
  /** `pending` (default) or `approved`: what somebody new is. */
  oidcSignUp: 'NVFL_OIDC_SIGN_UP',
  /** Claims of the ID token that prove a second factor, as `amr=mfa,acr=gold`; without it every log-in counts. */
  oidcSecondFactor: 'NVFL_OIDC_SECOND_FACTOR',
  /** `off`: only the first project admin logs in with a password. */
  localPasswords: 'NVFL_LOCAL_PASSWORDS',
} as const;

/** Variables that only the command reads; a backend that the command starts inherits them. */
export const COMMAND_VARIABLES = [
  'NVFL_BASE_IMAGE',
  'NVFL_CA_FILE',
  'NVFL_CHECKOUT',
  'NVFL_TOKEN',
  'NVFL_TOKEN_FILE',
  'NVFL_URL',
] as const;

/** Variables that name a file with the secret, which a restart by an engine finds again. */
export const SECRET_FILES = {
  credential: ['NVFL_CREDENTIAL_FILE'],
  passphrase: ['NVFL_DASHBOARD_PP_FILE'],
  pkcs11Pin: ['NVFL_PKCS11_PIN_FILE'],
  secretKey: ['SECRET_KEY_FILE'],
  backupPassphrase: ['NVFL_BACKUP_PASSPHRASE_FILE'],
  oidcClientSecret: ['NVFL_OIDC_CLIENT_SECRET_FILE'],
  databaseUrl: ['NVFL_DATABASE_URL_FILE', 'DATABASE_URL_FILE'],
  smtpPassword: ['NVFL_SMTP_PASSWORD_FILE'],
  otlpHeaders: ['OTEL_EXPORTER_OTLP_HEADERS_FILE'],
} as const;

export const CONTAINER = {
  name: 'nvflare-dashboard',
  folder: '/var/tmp/nvflare/dashboard',
  port: 8443,
} as const;

/**
 * Exit codes of the backend, which the command turns into messages. 0 is a requested stop.
 */
export const BACKEND_EXIT = {
  failed: 1,
  badConfiguration: 64,
  noCredential: 65,
  passphraseWrong: 66,
  certificateBroken: 67,
  folderUnusable: 68,
  portTaken: 69,
  databaseUnusable: 70,
  folderInUse: 71,
} as const;
export type BackendExit = keyof typeof BACKEND_EXIT;
