import { addAbortSignal, Readable } from 'node:stream';
import { EngineError } from '../errors.ts';
import { errorStatus } from '../error-text.ts';
import { LogDecoder } from '../log-decoder.ts';
import type { ContainerPlace } from './containers.ts';
import { guarded, withSignal } from './guard.ts';

const NOT_FOUND = 404;

/** Runs a program beside the one of a container; see {@link Engine.runInContainer}. */
export const runInContainer = (
  { docker, identity }: ContainerPlace,
  name: string,
  command: readonly string[],
  signal?: AbortSignal,
): Promise<string> =>
  guarded({ operation: 'run a program in the container', endpoint: identity.endpoint }, signal, async () => {
    const request = { Cmd: [...command], AttachStdout: true, AttachStderr: true };
    try {
      const exec = await docker.getContainer(name).exec(withSignal(request, signal));
      const stream = new Readable().wrap(await exec.start(withSignal({ Detach: false, Tty: false }, signal)));
      if (signal !== undefined) {
        addAbortSignal(signal, stream);
      }
      const decoder = new LogDecoder();
      const lines = [];
      for await (const chunk of stream) {
        if (Buffer.isBuffer(chunk)) {
          lines.push(...decoder.push(chunk));
        }
      }
      lines.push(...decoder.end());
      return lines
        .filter((line) => line.stream === 'stdout')
        .map(({ text }) => text)
        .join('\n');
    } catch (error) {
      if (errorStatus(error) === NOT_FOUND) {
        throw new EngineError({ code: 'container_missing', name }, { cause: error });
      }
      throw error;
    }
  });
