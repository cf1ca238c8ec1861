import { imageOf } from '../contract/deploy-prepare.ts';
import { MAX_COMMON_NAME } from '../contract/names.ts';
import type { KitProject, Peer } from '../contract/kit.ts';
import { dependsOn } from '../contract/kit-settings.ts';
import {
  hasOwnAdminPort,
  isAtLeast,
  supportsHighAvailability,
  type TargetRelease,
} from '../contract/releases.ts';
import type { Studies } from '../contract/studies.ts';
import { hierarchyOf, type Hierarchy } from './hierarchy.ts';
import { KitError } from './kit-error.ts';
import { projectProps, serverProps } from './props/merge.ts';
import type { ConnectTo, ConnectionSecurity, ProjectProps, ServerProps } from './props/schemas.ts';

const DEFAULT_FL_PORT = 8002;
const DEFAULT_OVERSEER_PORT = 8443;
const SECOND_SERVER_OFFSET = 100;
const LAST_PORT = 65535;

/** A server as the other participants see it. */
export interface ServerAddress {
  readonly name: string;
  /** Common name of its certificate: the name, truncated to what a certificate can hold. */
  readonly identity: string;
  /** The host that clients and consoles connect to. */
  readonly host: string;
  readonly flPort: number;
  readonly adminPort: number;
}

/** All project settings that kits depend on, checked and completed with defaults. */
export interface KitSettings {
  readonly release: TargetRelease;
  readonly project: string;
  readonly organization: string;
  readonly dockerImage: string;
  readonly projectProps: ProjectProps;
  readonly serverProps: ServerProps;
  readonly scheme: string;
  readonly server: ServerAddress;
  /** Name in the server's certificate, as the others check it. */
  readonly serverIdentity: string;
  readonly requireSignedJobs: boolean | undefined;
  /** The root CA allows no CA below it. */
  readonly endRoot: boolean;
  readonly jemalloc: boolean;
  readonly studies: Studies | undefined;
  readonly hierarchy: Hierarchy;
  /** In HA mode only. */
  readonly highAvailability:
    | { readonly secondServer: ServerAddress; readonly overseer: string; readonly overseerPort: number }
    | undefined;
}

/** The target of a connection, after the participant's own properties are applied. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly security: ConnectionSecurity | undefined;
}

const place = (name: string, host: string, flPort: number, adminPort: number): ServerAddress => ({
  name,
  identity: name.slice(0, MAX_COMMON_NAME),
  host,
  flPort,
  adminPort,
});

const firstServer = (project: KitProject, props: ServerProps): ServerAddress => {
  if (project.server1 === '') {
    throw new KitError('server_unnamed', 'the project does not name its server yet');
  }
  const flPort = props.fed_learn_port ?? DEFAULT_FL_PORT;
  const own = hasOwnAdminPort(project.targetRelease);
  const adminPort = props.admin_port ?? (own ? flPort + 1 : flPort);
  if (own && adminPort === flPort) {
    throw new KitError(
      'ports_equal',
      `NVFLARE ${project.targetRelease} needs an admin_port that differs from fed_learn_port (${flPort})`,
    );
  }
  return place(project.server1, props.default_host ?? project.server1, flPort, adminPort);
};

const highAvailability = (
  project: KitProject,
  server: ServerAddress,
  props: ProjectProps,
): KitSettings['highAvailability'] => {
  if (!project.haMode) {
    return undefined;
  }
  if (!supportsHighAvailability(project.targetRelease)) {
    throw new KitError(
      'high_availability_unsupported',
      `NVFLARE ${project.targetRelease} has no overseer; high availability needs release 2.6 or earlier`,
    );
  }
  if (project.server2 === '') {
    throw new KitError(
      'second_server_unnamed',
      'high availability needs a second server; the project names none',
    );
  }
  if (project.overseer === '') {
    throw new KitError('overseer_unnamed', 'high availability needs an overseer; the project names none');
  }
  const flPort = server.flPort + SECOND_SERVER_OFFSET;
  const adminPort = server.adminPort + SECOND_SERVER_OFFSET;
  if (Math.max(flPort, adminPort) > LAST_PORT) {
    const message = `the second server's ports lie ${SECOND_SERVER_OFFSET} above the first one's, beyond ${LAST_PORT}`;
    throw new KitError('properties_invalid', message, [{ path: 'server.fed_learn_port', message }]);
  }
  return {
    secondServer: place(project.server2, project.server2, flPort, adminPort),
    overseer: project.overseer,
    overseerPort: props.overseer_port ?? DEFAULT_OVERSEER_PORT,
  };
};

/**
 * Python's TLS does not end a chain at a root that another CA signed: the other transports and the overseer rely on it,
 * and consoles up to 2.6.
 */
const requireUsableRoot = (project: KitProject, { scheme = 'grpc' }: ProjectProps): void => {
  if (project.signedRoot !== true) {
    return;
  }
  const message = 'a root CA that another CA signed works with gRPC and NVFLARE 2.7 or later only';
  if (scheme !== 'grpc') {
    throw new KitError('properties_invalid', message, [{ path: 'project.scheme', message }]);
  }
  if (!isAtLeast(project.targetRelease, '2.7')) {
    throw new KitError('properties_invalid', message, [{ path: 'target_release', message }]);
  }
};

const AIO_SCHEMES: Readonly<Record<string, string>> = { grpc: 'agrpc', tcp: 'atcp' };

/** Returns the transport's scheme, with or without the asynchronous driver. */
export const schemeFor = (settings: KitSettings, useAio: boolean | undefined): string =>
  useAio === true ? (AIO_SCHEMES[settings.scheme] ?? settings.scheme) : settings.scheme;

/**
 * Checks the project settings that a kit needs and fills in the defaults.
 *
 * Leaves out what kits of the release do not depend on.
 *
 * @param self the participant whose kit is made, where it is a site or relay
 * @throws KitError for missing names, wrong properties, equal ports, HA with a release that has none
 */
export const settingsOf = (project: KitProject, self?: Peer): KitSettings => {
  const ofProject = projectProps(project);
  const ofServer = serverProps(project);
  requireUsableRoot(project, ofProject);
  const server = firstServer(project, ofServer);
  const { targetRelease: release } = project;
  return {
    release,
    project: project.shortName,
    organization: project.organization,
    dockerImage: imageOf(project.appLocation),
    projectProps: ofProject,
    serverProps: ofServer,
    scheme: ofProject.scheme ?? 'grpc',
    server,
    serverIdentity: (isAtLeast(release, '2.9') ? ofServer.auth_identity : undefined) ?? server.identity,
    requireSignedJobs: dependsOn(release, 'require_signed_jobs') ? project.requireSignedJobs : undefined,
    endRoot: project.endRoot === true,
    jemalloc: dependsOn(release, 'jemalloc') && project.jemalloc,
    studies: dependsOn(release, 'studies') ? project.studies : undefined,
    hierarchy: hierarchyOf(project, self),
    highAvailability: highAvailability(project, server, ofProject),
  };
};

/**
 * Returns the address a site or console connects to.
 *
 * @param port the server's port for this kind of participant
 * @param wish the participant's own `connect_to`
 * @param security the participant's own `connection_security`
 */
export const targetOf = (
  settings: KitSettings,
  port: number,
  options: ConnectTo | undefined,
  security: ConnectionSecurity | undefined,
): Target => ({
  host: options?.host ?? settings.server.host,
  port: options?.port ?? port,
  security: options?.connection_security ?? security ?? settings.projectProps.connection_security,
});

/**
 * Returns the addresses a site or console connects to, as "host:port": its target, or in HA mode the overseer and
 * both servers.
 *
 * @param port which of a server's ports
 */
export const connectedPlaces = (
  settings: KitSettings,
  target: Target,
  port: 'flPort' | 'adminPort',
): readonly string[] => {
  const { highAvailability, server } = settings;
  if (highAvailability === undefined) {
    return [`${target.host}:${target.port}`];
  }
  const { overseer, overseerPort, secondServer } = highAvailability;
  return [
    `${overseer}:${overseerPort}`,
    ...[server, secondServer].map((place) => `${place.name}:${place[port]}`),
  ];
};
