import { isAborted } from '../aborted.ts';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import type { EngineIdentity, LogLine, LogRequest } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { errorDetailsOf } from '../error-details.ts';
import { LogDecoder } from '../log-decoder.ts';
import { withSignal } from './guard.ts';

const open = async (
  docker: Docker,
  name: string,
  { follow, tail, signal }: LogRequest,
): Promise<AsyncIterable<unknown>> => {
  const container = docker.getContainer(name);
  const which = { stdout: true, stderr: true, ...(tail === undefined ? {} : { tail }) };
  if (!follow) {
    return Readable.from([await container.logs(withSignal({ ...which, follow: false as const }, signal))]);
  }
  const stream = await container.logs(withSignal({ ...which, follow: true as const }, signal));
  return new Readable().wrap(stream);
};

/** Lines of both streams as they come; see {@link Engine.logs}. */
export async function* readLogs(
  docker: Docker,
  identity: EngineIdentity,
  name: string,
  request: LogRequest,
): AsyncGenerator<LogLine, void> {
  const { signal } = request;
  if (isAborted(signal)) {
    return;
  }
  const decoder = new LogDecoder();
  try {
    for await (const chunk of await open(docker, name, request)) {
      if (Buffer.isBuffer(chunk)) {
        yield* decoder.push(chunk);
      }
    }
  } catch (error) {
    if (isAborted(signal)) {
      return;
    }
    const attempt = { operation: 'read the log', endpoint: identity.endpoint, container: name };
    throw new EngineError(errorDetailsOf(error, attempt), { cause: error });
  }
  yield* decoder.end();
}
