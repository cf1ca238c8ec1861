import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

export const ROOT = resolve(import.meta.dirname, '..', '..');
export const BIN = join(ROOT, 'bin', 'dashboard.js');

const baseImage = process.env['TEST_BASE_IMAGE'] ?? 'nvflare-dashboard-test-base:local';
const dockerHost = process.env['TEST_DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';

/** Path of the engine's Unix socket. */
export const engineSocket = dockerHost.replace(/^unix:\/\//, '');

const responses = (): boolean =>
  spawnSync('docker', ['image', 'inspect', baseImage], {
    env: { ...process.env, DOCKER_HOST: dockerHost },
    stdio: 'ignore',
  }).status === 0;

/** Why there is no engine; undefined when there is one. */
const noEngine =
  process.env['TEST_NO_ENGINE'] ?? (responses() ? undefined : `no engine with ${baseImage} at ${dockerHost}`);

/**
 * Tests that need an engine: without one they are skipped with the reason, and fail where nothing may be skipped.
 *
 * @param missing what else they need and is not there; undefined when all is
 */
export const describeWithEngine = (name: string, tests: () => void, missing?: string): void => {
  const reason = noEngine ?? missing;
  if (reason === undefined) {
    describe(name, tests);
  } else if (process.env['CI'] === 'true') {
    test(name, () => {
      expect(reason).toBeUndefined();
    });
  } else {
    process.stderr.write(`Skipped: ${name} (${reason})\n`);
    describe.skip(name, tests);
  }
};

/** Environment of a person's shell: none of what a test run or a build machine adds. */
export const shellEnvironment = (home: string): Readonly<Record<string, string>> => ({
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  HOME: home,
  TERM: 'xterm',
  LANG: 'C.UTF-8',
  DOCKER_HOST: dockerHost,
  NVFL_BASE_IMAGE: baseImage,
});

/** A new empty folder that everybody may enter, as a container's user has to. */
export const makeFolder = (): { readonly path: string; readonly remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'dashboard-e2e-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
};

/** The docker command's answer; the engine is the one the tests were given. */
export const docker = (
  ...args: readonly string[]
): { readonly status: number | null; readonly text: string } => {
  const { status, stdout, stderr } = spawnSync('docker', args, {
    env: { ...process.env, DOCKER_HOST: dockerHost },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return { status, text: stdout + stderr };
};
