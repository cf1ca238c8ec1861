import { prepareDocker } from '../prepare/docker.js';
import type { Reached } from './row.ts';
import { runTests, type TestRun } from './run-tests.ts';

let prepared: ReturnType<typeof prepareDocker> | undefined;

interface EngineThere {
  readonly dockerHost: string;
  readonly baseImage: string;
}

/** Measures with a container engine, which is started as `npm test` starts one when none answers. */
export const withEngine = async (measure: (engine: EngineThere) => Promise<Reached>): Promise<Reached> => {
  prepared ??= prepareDocker();
  const engine = await prepared;
  return engine.reason === undefined
    ? measure(engine)
    : { figure: `not measured: ${engine.reason}`, met: false, skipped: true };
};

/** Runs tests that need a container engine. */
export const runTestsWithEngine = (run: TestRun): Promise<Reached> =>
  withEngine(({ dockerHost, baseImage }) => {
    const environment = { ...run.environment, TEST_DOCKER_HOST: dockerHost, TEST_BASE_IMAGE: baseImage };
    return runTests({ ...run, environment });
  });

/** Ends the engine where it was started here. */
export const stopEngine = async (): Promise<void> => {
  const engine = await prepared;
  if (engine?.reason === undefined) {
    await engine?.stop();
  }
};
