import { PassThrough } from 'node:stream';
import { run } from '../../src/cli/run.ts';
import type { Runtime } from '../../src/cli/runtime.ts';

/** Returns the command's input from outside, in an empty environment. */
export const emptyRuntime = (argv: readonly string[], changes: Partial<Runtime> = {}): Runtime => ({
  argv,
  environment: {},
  cwd: '/nonexistent',
  home: '/nonexistent',
  platform: 'linux',
  uid: 1000,
  pid: 1000,
  stdin: new PassThrough(),
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  now: () => new Date(),
  randomInt: () => 0,
  signal: new AbortController().signal,
  packageRoot: process.cwd(),
  checkout: false,
  node: process.execPath,
  ...changes,
});

const textOf = (stream: PassThrough): string => String(stream.read() ?? '');

/** Runs the command in this process. */
export const runCommand = async (argv: readonly string[], changes: Partial<Runtime> = {}) => {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const exitCode = await run({ ...emptyRuntime(argv, changes), stdout, stderr });
  return { exitCode, stdout: textOf(stdout), stderr: textOf(stderr) };
};
