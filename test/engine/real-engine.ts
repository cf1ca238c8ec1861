import { homedir } from 'node:os';
import { connectEngine } from '../../src/engine/connect/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { EngineError, type EngineErrorDetails } from '../../src/engine/errors.ts';

/** Why there is no engine for the tests; undefined when there is one. */
export const noEngine = process.env['TEST_NO_ENGINE'];

/** Base image which the test run made on the engine. */
export const baseImage = process.env['TEST_BASE_IMAGE'] ?? 'nvflare-dashboard-test-base:local';

export const dockerHost = process.env['TEST_DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';

export const connectTo = (host: string): Promise<Engine> =>
  connectEngine({
    environment: { DOCKER_HOST: host },
    home: homedir(),
    platform: process.platform,
    uid: process.getuid?.(),
  });

/** Returns what the work failed in. @throws Error when it succeeded, or failed otherwise */
export const failureOf = async (work: Promise<unknown>): Promise<EngineErrorDetails> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof EngineError) {
      return error.failure;
    }
    throw error;
  }
  throw new Error('this was expected to fail');
};
