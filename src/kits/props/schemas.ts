import { isIP } from 'node:net';
import { z } from 'zod';
import { AuthIdentity } from '../../contract/kit-settings.ts';
import { HostName, SiteName } from '../../contract/names.ts';

const PortNumber = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,5}$/, 'is not a port number')
      .transform(Number),
  ])
  .pipe(z.int('is not a port number').min(1, 'is not a port').max(65535, 'is not a port'));

const Host = z.string('is not a text').pipe(HostName);

const HostOrAddress = z.string('is not a text').refine(
  // A zone is meant for one host alone, and no certificate can hold it.
  (text) => (isIP(text) !== 0 && !text.includes('%')) || HostName.safeParse(text).success,
  'is neither a host name nor an IP address',
);

const HostNames = z.union([
  HostOrAddress.transform((name): readonly string[] => [name]),
  z.array(HostOrAddress).max(32, 'has more than 32 names').readonly(),
]);

const Scheme = z
  .string('is not a text')
  .regex(/^[a-z][a-z0-9]{0,15}$/, 'is not a transport such as grpc, tcp or http');

const ConnectionSecurity = z
  .string('is not a text')
  .toLowerCase()
  .pipe(z.enum(['clear', 'tls', 'mtls'], 'is none of clear, tls and mtls'));
export type ConnectionSecurity = z.infer<typeof ConnectionSecurity>;

const Flag = z.boolean('is neither true nor false');

const Count = (max: number) => z.int('is not a whole number').min(0, 'is negative').max(max, 'is too large');

const CertificateText = z
  .string('is not a text')
  .regex(
    /^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+\n-----END CERTIFICATE-----\n?$/,
    'is not a certificate; give its PEM text, not the path of a file',
  );

/** The address a site or console connects to instead of the server's own. */
export interface ConnectTo {
  readonly name?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly connection_security?: ConnectionSecurity | undefined;
  readonly auth_identity?: string | undefined;
}

const ConnectTo = z.union([
  Host.transform((host): ConnectTo => ({ host })),
  z.object({
    /** Of the server or a relay. */
    name: z.string('is not a text').optional(),
    host: Host.optional(),
    port: PortNumber.optional(),
    connection_security: ConnectionSecurity.optional(),
    /** Name in the certificate of what a relay connects to, where it is another. */
    auth_identity: AuthIdentity.optional(),
  }),
]);

/** The address on which a participant listens for its own job processes, or a relay for sites. */
export interface ListeningHost {
  readonly scheme?: string | undefined;
  readonly host_names?: readonly string[] | undefined;
  readonly default_host?: string | undefined;
  readonly port?: number | undefined;
  readonly connection_security?: ConnectionSecurity | undefined;
}

const ListeningHost = z.union([
  HostOrAddress.transform((host): ListeningHost => ({ default_host: host })),
  z.object({
    scheme: Scheme.optional(),
    host_names: HostNames.optional(),
    default_host: HostOrAddress.optional(),
    port: z.union([z.literal(0).transform(() => undefined), PortNumber]).optional(),
    connection_security: ConnectionSecurity.optional(),
  }),
]);

/** Sites and further relays must know where a relay listens. */
const RelayListener = z.object(
  {
    scheme: Scheme.optional(),
    host_names: HostNames.optional(),
    default_host: HostOrAddress,
    port: PortNumber,
    connection_security: ConnectionSecurity.optional(),
  },
  'is needed: an object with default_host and port, where sites reach the relay',
);

const CapacityProps = z.object({
  num_of_gpus: Count(1024).optional(),
  mem_per_gpu_in_GiB: Count(65535).optional(),
});

const ClassPath = z
  .string('is not a text')
  .regex(/^(?:\*|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\.?)$/, 'is not a dotted class path');

/** Properties of the whole project. */
export const ProjectProps = z.object({
  scheme: Scheme.optional(),
  connection_security: ConnectionSecurity.optional(),
  allow_log_streaming: Flag.optional(),
  allow_error_sending: Flag.optional(),
  custom_ca_cert: CertificateText.optional(),
  /** Port of the overseer; 8443 unless set. */
  overseer_port: PortNumber.optional(),
  class_allow_list: z.array(ClassPath).max(500).readonly().optional(),
  /** The server issues a certificate for each job (2.10 and later); on unless set. */
  enable_job_ca: Flag.optional(),
  /** Servers, sites and relays take renewed certificates without a restart (2.10 and later). */
  certificate_renewal: Flag.optional(),
  class_list_enforcement_mode: z.enum(['enforce', 'warn'], 'is neither enforce nor warn').optional(),
});

/** Properties of the FL server. */
export const ServerProps = z.object({
  fed_learn_port: PortNumber.optional(),
  admin_port: PortNumber.optional(),
  default_host: Host.optional(),
  host_names: HostNames.optional(),
  connection_security: ConnectionSecurity.optional(),
  listening_host: ListeningHost.optional(),
  custom_ca_cert: CertificateText.optional(),
  use_aio: Flag.optional(),
  auth_identity: AuthIdentity.optional(),
});
export type ServerProps = z.infer<typeof ServerProps>;

/** Properties of one site, or of all in the properties file. */
export const ClientProps = z.object({
  connection_security: ConnectionSecurity.optional(),
  connect_to: ConnectTo.optional(),
  listening_host: ListeningHost.optional(),
  capacity: CapacityProps.optional(),
  parent: z.string('is not a text').pipe(SiteName).optional(),
  allow_log_streaming: Flag.optional(),
  allow_error_sending: Flag.optional(),
  custom_ca_cert: CertificateText.optional(),
  use_aio: Flag.optional(),
  auth_identity: AuthIdentity.optional(),
});
export type ClientProps = z.infer<typeof ClientProps>;

/** Properties of one relay. */
export const RelayProps = z.object({
  connect_to: ConnectTo.optional(),
  listening_host: RelayListener,
  use_aio: Flag.optional(),
  auth_identity: AuthIdentity.optional(),
});
export type RelayProps = z.infer<typeof RelayProps>;

/** Properties of one console user, or of all in the properties file. */
export const AdminProps = z.object({
  connection_security: ConnectionSecurity.optional(),
  connect_to: ConnectTo.optional(),
  custom_ca_cert: CertificateText.optional(),
});
export type AdminProps = z.infer<typeof AdminProps>;

export type ProjectProps = z.infer<typeof ProjectProps>;
