import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Reached } from './row.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const JEST = fileURLToPath(new URL('../../node_modules/jest/bin/jest.js', import.meta.url));
const FIGURE = /^[a-z][\w /-]+: .*\d/i;
const SUMMARY = /^Tests: +(.*)$/m;

/** Test files that show a promise. */
export interface TestRun {
  readonly tests: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Which of the figures that the tests print belong to the row; all unless said. */
  readonly about?: string;
  /** Whether those figures keep the promise, where the tests themselves have wider bounds. */
  readonly meets?: (figures: string) => boolean;
}

/** Runs test files as `npm test` does. @returns the figures they print, or how many tests passed */
export const runTests = async ({ tests, environment, about = '', meets }: TestRun): Promise<Reached> => {
  const child = spawn(process.execPath, ['--experimental-vm-modules', JEST, '--runInBand', '--', ...tests], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let figures = '';
  let report = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    figures += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    report += text;
  });
  await once(child, 'close');
  const said = figures.split('\n').filter((line) => FIGURE.test(line) && line.startsWith(about));
  const summary = SUMMARY.exec(report)?.[1] ?? 'the tests did not run';
  const figure = said.length > 0 ? said.join('; ') : `tests: ${summary}`;
  const passed = child.exitCode === 0 && !summary.includes('skipped');
  return { figure: passed ? figure : `${figure} (${summary})`, met: passed && (meets?.(figure) ?? true) };
};
