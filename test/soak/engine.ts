import { prepareDocker } from '../prepare/docker.js';
import type { Reached } from './row.ts';
import { runTests, type TestRun } from './run-tests.ts';

let prepared: ReturnType<typeof prepareDocker> | undefined;

/** Runs tests that need a container engine, which is started as `npm test` starts one when none answers. */
export const runTestsWithEngine = async (run: TestRun): Promise<Reached> => {
  prepared ??= prepareDocker();
  const engine = await prepared;
  if (engine.reason !== undefined) {
    return { figure: `not measured: ${engine.reason}`, met: false, skipped: true };
  }
  const { dockerHost, baseImage } = engine;
  const environment = { ...run.environment, TEST_DOCKER_HOST: dockerHost, TEST_BASE_IMAGE: baseImage };
  return runTests({ ...run, environment });
};

/** Ends the engine where it was started here. */
export const stopEngine = async (): Promise<void> => {
  const engine = await prepared;
  if (engine?.reason === undefined) {
    await engine?.stop();
  }
};
