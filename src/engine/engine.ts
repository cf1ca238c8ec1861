import type { Readable } from 'node:stream';
import type { ContainerSpec } from './spec.ts';

/** The engine that responds, and where. */
export interface EngineIdentity {
  readonly product: 'docker' | 'podman';
  readonly version: string;
  /** API version that both sides support. */
  readonly apiVersion: string;
  /** In the form of DOCKER_HOST. */
  readonly endpoint: string;
  /** Source of the endpoint: `DOCKER_HOST`, `docker context "work"`, `default socket`, `Podman (rootless)` … */
  readonly source: string;
  readonly rootless: boolean;
  /** True when host paths and ports are this machine's (unix socket, loopback). */
  readonly local: boolean;
  /** Host name under which published ports are reached: `127.0.0.1`, or the remote engine's host. */
  readonly host: string;
}

export interface ContainerState {
  readonly id: string;
  readonly name: string;
  /** Reference of the container's image. */
  readonly image: string;
  readonly imageId: string;
  readonly status: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  readonly health: 'none' | 'starting' | 'healthy' | 'unhealthy';
  readonly exitCode: number;
  readonly outOfMemory: boolean;
  /** Number of restarts by the engine. */
  readonly restarts: number;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601; undefined while it never ran. */
  readonly startedAt: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** Of its process, the image's part included. */
  readonly environment: Readonly<Record<string, string>>;
  /** True when this product created it (for any project). */
  readonly managed: boolean;
  /** True for a dashboard whichever tool created it, such as Compose. */
  readonly dashboard: boolean;
  /** Project folder on the engine's host and published port, as its labels, else its mounts and ports, say. */
  readonly folder: string | undefined;
  readonly port: number | undefined;
  /** The one address of the engine's host that the port is published on; undefined: all. */
  readonly address: string | undefined;
  /** Digest of what its image was built from; undefined for other images. */
  readonly context: string | undefined;
}

/** True while it runs or will be restarted by the engine. */
export const isUp = ({ status }: ContainerState): boolean =>
  status === 'running' || status === 'paused' || status === 'restarting';

export interface ImageState {
  /** `sha256:…`; survives save and load, unlike digests of a registry. */
  readonly id: string;
  readonly references: readonly string[];
  readonly sizeBytes: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly architecture: string;
  /** Version of the dashboard in the image; undefined for other images. */
  readonly dashboardVersion: string | undefined;
  /** Digest of what the image was built from (see `contextDigest`), and on which base; undefined for other images. */
  readonly context: string | undefined;
  readonly base: string | undefined;
}

/** Progress of work on an image; `id` names the layer that a progress bar belongs to. */
export type ImageProgress =
  | {
      readonly kind: 'layer';
      readonly id: string;
      readonly state: 'waiting' | 'downloading' | 'extracting' | 'done';
      /** Bytes; undefined where the engine (Podman) does not say. */
      readonly current: number | undefined;
      readonly total: number | undefined;
    }
  /** The build's context on its way to the engine. */
  | { readonly kind: 'context'; readonly sentBytes: number; readonly totalBytes: number }
  | { readonly kind: 'step'; readonly step: number; readonly of: number; readonly text: string }
  | { readonly kind: 'line'; readonly text: string }
  /** Bytes of an archive written or read; `totalBytes` when known. */
  | {
      readonly kind: 'archive';
      readonly bytes: number;
      readonly totalBytes: number | undefined;
    };

export interface ImageWork {
  readonly onProgress?: (progress: ImageProgress) => void;
  readonly signal?: AbortSignal;
}

/** A build context ready to be sent. */
export interface BuildContext {
  readonly tar: Readable;
  /** Path of the Dockerfile inside the context. */
  readonly dockerfile: string;
  readonly version: string;
  /** SHA-256 in hex that tells two contexts apart; kept as a label of the image. */
  readonly digest: string;
  /** Length of the tar archive in bytes. */
  readonly totalBytes: number;
}

export interface BuildRequest {
  /** Packs what the image is built from; an error fails the build. */
  readonly context: () => Promise<BuildContext>;
  /** Reference to give the image. */
  readonly reference: string;
  /** Value of the Dockerfile's BASE_IMAGE; absent: its default. */
  readonly baseImage?: string;
  /** Asks the registry for the newest base image. */
  readonly pull?: boolean;
  /** Further build arguments, such as a proxy's address; visible to everyone who may use the engine. */
  readonly buildArguments?: Readonly<Record<string, string>>;
}

export interface LogLine {
  readonly stream: 'stdout' | 'stderr';
  /** Without its line end. */
  readonly text: string;
}

export interface LogRequest {
  readonly follow: boolean;
  /** Number of last lines; absent: all. */
  readonly tail?: number;
  readonly signal?: AbortSignal;
}

export interface ReadyRequest {
  /** Probes the published address from this host; true when the health check succeeded. */
  readonly probe: (signal: AbortSignal) => Promise<boolean>;
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal;
}

/**
 * A container engine. Every method may throw {@link EngineError}: `aborted` when its signal fired, `engine_lost`
 * when the engine went away, `engine_refused` for anything unforeseen. Further codes are listed at each method.
 * A container is named by its name or its ID.
 */
export interface Engine {
  readonly identity: EngineIdentity;

  inspectContainer(name: string, signal?: AbortSignal): Promise<ContainerState | undefined>;
  /** Containers of this product, running or not, whichever tool created them. */
  listContainers(signal?: AbortSignal): Promise<readonly ContainerState[]>;
  /** Lowest port of the host that the engine may publish. */
  lowestPort(): Promise<number>;
  /**
   * Creates the container without starting it.
   *
   * @returns its ID
   * @throws EngineError `name_taken`, `image_unavailable`, `folder_missing`, `port_forbidden`
   */
  createContainer(spec: ContainerSpec, signal?: AbortSignal): Promise<string>;
  /**
   * Starts a container and hands its process the secrets on standard input. Does nothing when it already runs.
   *
   * @param secretFrame bytes of `encodeSecretFrame`; only for a container made with `secretsOnStdin`
   * @throws EngineError `port_taken`, `port_forbidden`, `folder_missing`, `start_refused`, `container_missing`
   */
  startContainer(name: string, secretFrame?: Uint8Array, signal?: AbortSignal): Promise<void>;
  /**
   * Waits until the engine says healthy or the probe succeeds, with no restart since the start.
   *
   * @throws EngineError `container_died`, `not_ready`, `container_missing`
   */
  waitUntilReady(name: string, request: ReadyRequest): Promise<void>;
  /** SIGTERM, and SIGKILL after the timeout. Does nothing when it is absent or not running. */
  stopContainer(name: string, timeoutSeconds: number, signal?: AbortSignal): Promise<void>;
  /** Gives a container another name, running or not. @throws EngineError `name_taken`, `container_missing` */
  renameContainer(name: string, newName: string, signal?: AbortSignal): Promise<void>;
  /** Removes the container, running or not. Does nothing when it is absent. */
  removeContainer(name: string, signal?: AbortSignal): Promise<void>;
  /**
   * Runs a program in a running container, as its user and without standard input.
   *
   * @returns what it wrote to standard output
   * @throws EngineError `container_missing`
   */
  runInContainer(name: string, command: readonly string[], signal?: AbortSignal): Promise<string>;
  /** Ends when the container ends, the log is read (`follow: false`) or the signal fires (without an error). */
  logs(name: string, request: LogRequest): AsyncIterable<LogLine>;

  /** References of all images that have one. */
  listImages(signal?: AbortSignal): Promise<readonly string[]>;
  inspectImage(reference: string, signal?: AbortSignal): Promise<ImageState | undefined>;
  /** Removes an untagged image; keeps one that has a tag or that a container uses. */
  dropNameless(id: string, signal?: AbortSignal): Promise<void>;
  /** @throws EngineError `image_unavailable` */
  pullImage(reference: string, work?: ImageWork): Promise<ImageState>;
  /** @throws EngineError `image_unavailable` with the last lines of the build's output */
  buildImage(request: BuildRequest, work?: ImageWork): Promise<ImageState>;
  /** Writes the image as a tar archive (mode 0600); an error leaves no file. @throws EngineError `image_unavailable` */
  saveImage(reference: string, file: string, work?: ImageWork): Promise<void>;
  /**
   * Reads an archive of {@link Engine.saveImage} or `docker save`.
   *
   * @returns the images it held
   * @throws EngineError `image_unavailable`
   */
  loadImage(file: string, work?: ImageWork): Promise<readonly ImageState[]>;
}
