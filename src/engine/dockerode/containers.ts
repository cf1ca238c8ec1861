import { readFile, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { finished } from 'node:stream/promises';
import type Docker from 'dockerode';
import type { ContainerState, EngineIdentity } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { errorStatus, errorText } from '../error-text.ts';
import { LABELS, type ContainerSpec } from '../spec.ts';
import { raceAbort } from '../race-abort.ts';
import { containerBody } from '../translate.ts';
import { containerState } from './responses.ts';
import { guarded, withSignal } from './guard.ts';

/** Parts of an engine that every container call needs. */
export interface ContainerPlace {
  readonly docker: Docker;
  readonly identity: EngineIdentity;
  readonly selinux: boolean;
}

const FIRST_UNPRIVILEGED = 1024;
const NOT_MODIFIED = 304;
const NOT_FOUND = 404;
const CONFLICT = 409;

/** Undefined when there is no such container. */
export const inspectContainer = ({ docker, identity }: ContainerPlace, name: string, signal?: AbortSignal) =>
  guarded(
    { operation: 'inspect the container', endpoint: identity.endpoint },
    signal,
    async (): Promise<ContainerState | undefined> => {
      try {
        return containerState(await docker.getContainer(name).inspect(withSignal({}, signal)));
      } catch (error) {
        if (errorStatus(error) === NOT_FOUND) {
          return undefined;
        }
        throw error;
      }
    },
  );

/** All containers that carry our label. */
export const listContainers = (place: ContainerPlace, signal?: AbortSignal) =>
  guarded(
    { operation: 'list the containers', endpoint: place.identity.endpoint },
    signal,
    async (): Promise<readonly ContainerState[]> => {
      // Several labels in one filter would all have to be there.
      const found = await Promise.all(
        [LABELS.spec, LABELS.image].map((label) =>
          place.docker.listContainers(withSignal({ all: true, filters: { label: [label] } }, signal)),
        ),
      );
      const ids = new Set(found.flat().map(({ Id }) => Id));
      const states = await Promise.all([...ids].map((id) => inspectContainer(place, id, signal)));
      return states.filter((state) => state !== undefined);
    },
  );

/** Lowest port of the host that the engine may publish. */
export const lowestPort = async ({ local, rootless }: EngineIdentity): Promise<number> => {
  if (!rootless) {
    return 1;
  }
  if (!local) {
    return FIRST_UNPRIVILEGED;
  }
  try {
    return Number(await readFile('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));
  } catch {
    return FIRST_UNPRIVILEGED;
  }
};

const checkFolder = async (folder: string): Promise<void> => {
  const failure = await stat(folder).then(
    (found) => (found.isDirectory() ? undefined : 'this is not a folder'),
    errorText,
  );
  if (failure !== undefined) {
    throw new EngineError({ code: 'folder_missing', folder, detail: failure });
  }
};

/** Creates the container and returns its ID; see {@link Engine.createContainer}. */
export const createContainer = async (
  { docker, identity, selinux }: ContainerPlace,
  spec: ContainerSpec,
  signal?: AbortSignal,
): Promise<string> => {
  const lowest = await lowestPort(identity);
  const port = spec.port.host;
  if (port < lowest) {
    throw new EngineError({ code: 'port_forbidden', port, lowest });
  }
  if (identity.local) {
    await checkFolder(spec.folder.host);
  }
  const attempt = {
    operation: 'create the container',
    endpoint: identity.endpoint,
    container: spec.name,
    image: spec.image,
    folder: spec.folder.host,
    port,
    lowestPort: lowest,
  };
  return guarded(attempt, signal, async () => {
    // Without this division dockerode would put the whole body into the URL.
    const request = { _query: { name: spec.name }, _body: containerBody(spec, { ...identity, selinux }) };
    const container = await docker.createContainer(withSignal(request, signal));
    return container.id;
  });
};

const startedBefore = (error: unknown): boolean => errorStatus(error) === NOT_MODIFIED;

const start = async (container: Docker.Container, signal: AbortSignal | undefined) => {
  try {
    await container.start(withSignal({}, signal));
  } catch (error) {
    if (!startedBefore(error)) {
      throw error;
    }
  }
};

const startWithSecrets = async (
  container: Docker.Container,
  secretFrame: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<void> => {
  const stdin = await container.attach(
    withSignal({ stream: true, stdin: true, stdout: false, stderr: false, hijack: true }, signal),
  );
  try {
    // The engine's end of this connection lives as long as the process; it must not keep this process alive.
    stdin.on('error', () => undefined);
    stdin.resume();
    await start(container, signal);
    stdin.end(secretFrame);
    await finished(stdin, { readable: false, ...(signal === undefined ? {} : { signal }) });
  } catch (error) {
    if (stdin instanceof Socket) {
      stdin.destroy();
    }
    throw error;
  }
  if (stdin instanceof Socket) {
    stdin.unref();
  }
};

/** Starts the container; see {@link Engine.startContainer}. */
export const startContainer = async (
  place: ContainerPlace,
  name: string,
  secretFrame?: Uint8Array,
  signal?: AbortSignal,
): Promise<void> => {
  const state = await inspectContainer(place, name, signal);
  if (state === undefined) {
    throw new EngineError({ code: 'container_missing', name });
  }
  if (state.status === 'running') {
    return;
  }
  const attempt = {
    operation: 'start the container',
    endpoint: place.identity.endpoint,
    container: name,
    ...(state.port === undefined ? {} : { port: state.port }),
    ...(state.folder === undefined ? {} : { folder: state.folder }),
  };
  try {
    await guarded(attempt, signal, () => {
      const container = place.docker.getContainer(name);
      return secretFrame === undefined
        ? start(container, signal)
        : startWithSecrets(container, secretFrame, signal);
    });
  } catch (error) {
    if (!(error instanceof EngineError) || error.failure.code !== 'engine_refused') {
      throw error;
    }
    const { detail } = error.failure;
    throw new EngineError({ code: 'start_refused', name, detail }, { cause: error });
  }
};

/** Stops the process; see {@link Engine.stopContainer}. */
export const stopContainer = (
  { docker, identity }: ContainerPlace,
  name: string,
  timeoutSeconds: number,
  signal?: AbortSignal,
): Promise<void> =>
  guarded({ operation: 'stop the container', endpoint: identity.endpoint }, signal, async () => {
    try {
      await docker.getContainer(name).stop(withSignal({ t: timeoutSeconds }, signal));
    } catch (error) {
      const status = errorStatus(error);
      if (status !== NOT_MODIFIED && status !== NOT_FOUND) {
        throw error;
      }
    }
  });

/** Gives a container another name; see {@link Engine.renameContainer}. */
export const renameContainer = (
  { docker, identity }: ContainerPlace,
  name: string,
  newName: string,
  signal?: AbortSignal,
): Promise<void> =>
  guarded(
    { operation: 'rename the container', endpoint: identity.endpoint, container: newName },
    signal,
    async () => {
      await docker.getContainer(name).rename(withSignal({ name: newName }, signal));
    },
  );

/** Removes the container; see {@link Engine.removeContainer}. */
export const removeContainer = (place: ContainerPlace, name: string, signal?: AbortSignal): Promise<void> =>
  guarded({ operation: 'remove the container', endpoint: place.identity.endpoint }, signal, async () => {
    try {
      const removal = place.docker.getContainer(name).remove({ force: true, v: true });
      await raceAbort(removal, signal);
    } catch (error) {
      const status = errorStatus(error);
      // Conflict: the container is being removed already.
      if (status !== NOT_FOUND && status !== CONFLICT) {
        throw error;
      }
    }
  });
