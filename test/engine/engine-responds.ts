import type { ChildProcess } from 'node:child_process';
import { request } from 'node:http';
import { until } from '../support/until.ts';

const START_MS = 60_000;
const ATTEMPT_MS = 2000;

const responds = (socketPath: string): Promise<boolean> =>
  new Promise((resolve) => {
    const sent = request({ socketPath, path: '/_ping', timeout: ATTEMPT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    sent.on('timeout', () => sent.destroy(new Error('no response in time')));
    sent.on('error', () => {
      resolve(false);
    });
    sent.end();
  });

/** Waits until an engine that was just started responds. @throws Error when it ended, or does not in time */
export const engineResponds = async (child: ChildProcess, socket: string): Promise<void> => {
  await until(async () => child.exitCode !== null || (await responds(socket)), START_MS);
  if (child.exitCode !== null) {
    throw new Error(`the engine at ${socket} ended with exit code ${child.exitCode}`);
  }
};
