import type Docker from 'dockerode';
import type {
  BuildRequest,
  ContainerState,
  Engine,
  EngineIdentity,
  ImageState,
  ImageWork,
  LogLine,
  LogRequest,
  ReadyRequest,
} from '../engine.ts';
import type { RegistryCredential } from '../image/credential.ts';
import { waitUntilReady } from '../readiness.ts';
import type { ContainerSpec } from '../spec.ts';
import * as containers from './containers.ts';
import { guarded } from './guard.ts';
import { buildImage } from './build-image.ts';
import * as images from './images.ts';
import { readLogs } from './logs.ts';
import { runInContainer } from './run-in-container.ts';

const LAST_LINES = 20;

/** The engine's identity and how to reach it. */
export interface DockerodeEngineParts {
  readonly docker: Docker;
  readonly identity: EngineIdentity;
  readonly selinux: boolean;
  /** Credential for a registry; undefined: ask anonymously. */
  readonly credentialFor: (reference: string) => Promise<RegistryCredential | undefined>;
}

/** The engine port on dockerode; speaks to Docker and to Podman's Docker-compatible service. */
export class DockerodeEngine implements Engine {
  readonly identity: EngineIdentity;
  readonly #parts: DockerodeEngineParts;

  constructor(parts: DockerodeEngineParts) {
    this.#parts = parts;
    this.identity = parts.identity;
  }

  inspectContainer(name: string, signal?: AbortSignal): Promise<ContainerState | undefined> {
    return containers.inspectContainer(this.#parts, name, signal);
  }

  listContainers(signal?: AbortSignal): Promise<readonly ContainerState[]> {
    return containers.listContainers(this.#parts, signal);
  }

  lowestPort(): Promise<number> {
    return containers.lowestPort(this.identity);
  }

  createContainer(spec: ContainerSpec, signal?: AbortSignal): Promise<string> {
    return containers.createContainer(this.#parts, spec, signal);
  }

  startContainer(name: string, secretFrame?: Uint8Array, signal?: AbortSignal): Promise<void> {
    return containers.startContainer(this.#parts, name, secretFrame, signal);
  }

  waitUntilReady(name: string, request: ReadyRequest): Promise<void> {
    const watched = {
      name,
      inspect: (signal: AbortSignal | undefined) => this.inspectContainer(name, signal),
      lastLines: () => this.#lastLines(name),
    };
    const attempt = { operation: 'watch the container', endpoint: this.identity.endpoint };
    return guarded(attempt, request.signal, () => waitUntilReady(watched, request));
  }

  async #lastLines(name: string): Promise<readonly string[]> {
    const lines: string[] = [];
    for await (const { text } of this.logs(name, { follow: false, tail: LAST_LINES })) {
      lines.push(text);
    }
    return lines;
  }

  stopContainer(name: string, timeoutSeconds: number, signal?: AbortSignal): Promise<void> {
    return containers.stopContainer(this.#parts, name, timeoutSeconds, signal);
  }

  renameContainer(name: string, newName: string, signal?: AbortSignal): Promise<void> {
    return containers.renameContainer(this.#parts, name, newName, signal);
  }

  removeContainer(name: string, signal?: AbortSignal): Promise<void> {
    return containers.removeContainer(this.#parts, name, signal);
  }

  runInContainer(name: string, command: readonly string[], signal?: AbortSignal): Promise<string> {
    return runInContainer(this.#parts, name, command, signal);
  }

  logs(name: string, request: LogRequest): AsyncIterable<LogLine> {
    return readLogs(this.#parts.docker, this.identity, name, request);
  }

  listImages(signal?: AbortSignal): Promise<readonly string[]> {
    return images.listImages(this.#parts, signal);
  }

  inspectImage(reference: string, signal?: AbortSignal): Promise<ImageState | undefined> {
    return images.inspectImage(this.#parts, reference, signal);
  }

  dropNameless(id: string, signal?: AbortSignal): Promise<void> {
    return images.dropNameless(this.#parts, id, signal);
  }

  pullImage(reference: string, work: ImageWork = {}): Promise<ImageState> {
    return images.pullImage(this.#parts, reference, work);
  }

  buildImage(request: BuildRequest, work: ImageWork = {}): Promise<ImageState> {
    return buildImage(this.#parts, request, work);
  }

  saveImage(reference: string, file: string, work: ImageWork = {}): Promise<void> {
    return images.saveImage(this.#parts, reference, file, work);
  }

  loadImage(file: string, work: ImageWork = {}): Promise<readonly ImageState[]> {
    return images.loadImage(this.#parts, file, work);
  }
}
