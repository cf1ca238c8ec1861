// Runs test files under jest and counts what came of them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from '../../bin/prepare.js';

/** More files than this did not fail by chance: a second attempt would only take time. */
const SECOND_ATTEMPTS = 8;

/** Test files that take longer than they tell: `npm run soak` runs them. */
const SOAK_ALONE = String.raw`\.soak\.test\.ts$`;

/** What a run without any test comes to. */
export const NOTHING = { passed: 0, failed: 0, skipped: 0, failures: [] };

const countsOf = (assertions) => {
  const count = (...states) => assertions.filter(({ status }) => states.includes(status)).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('pending', 'todo') };
};

/** The files in which something failed; one that cannot be loaded has no tests and counts as one failure. */
const failuresIn = ({ testResults }) =>
  testResults
    .filter(({ status }) => status === 'failed')
    .map(({ name, assertionResults }) => {
      const counts = countsOf(assertionResults);
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      return {
        ...counts,
        failed: Math.max(1, counts.failed),
        path: relative(root, name),
        tests: failed.map(({ fullName }) => fullName),
      };
    });

/**
 * Runs the tests of some projects.
 *
 * @param projects names of jest projects
 * @param further arguments of jest
 * @param env environment of the tests
 * @returns how many tests passed, failed and were skipped, and `failures`: the same for each file with a failed test
 */
export const runJest = async (projects, further, env) => {
  if (projects.length === 0) {
    return NOTHING;
  }
  const folder = mkdtempSync(join(tmpdir(), 'nvflare-dashboard-test-'));
  const output = join(folder, 'report.json');
  try {
    const running = spawn(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
        // What a failed test leaves open must not keep the run from ending.
        ...['--forceExit', '--json', `--outputFile=${output}`, '--selectProjects', ...projects],
        ...['--testPathIgnorePatterns', SOAK_ALONE, ...further],
      ],
      { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env },
    );
    const [status] = await once(running, 'exit');
    if (!existsSync(output)) {
      return { ...NOTHING, failed: 1 };
    }
    const report = JSON.parse(readFileSync(output, 'utf8'));
    const broken = report.numRuntimeErrorTestSuites + (status !== 0 && report.success ? 1 : 0);
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken,
      skipped: report.numPendingTests + report.numTodoTests,
      failures: failuresIn(report),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const nameFailures = (failures) =>
  failures
    .flatMap(({ path, tests }) =>
      tests.length === 0 ? [`  ${path}`] : tests.map((test) => `  ${path}: ${test}`),
    )
    .join('\n');

/**
 * Runs the few files that failed once more, with nothing beside them: on a busy machine a test of real partners can
 * miss a deadline. What failed at first is always named, so that an unsteady test is seen.
 *
 * @param projects names of the jest projects that the files belong to
 * @param first what `runJest` returned
 * @param env environment of the tests
 * @returns the counts with those of the second attempt in place of the first; `failures` hold what failed in both
 */
export const withSecondAttempt = async (projects, first, env) => {
  if (first.failures.length === 0) {
    return first;
  }
  process.stdout.write(`Failed:\n${nameFailures(first.failures)}\n`);
  if (first.failures.length > SECOND_ATTEMPTS) {
    return first;
  }
  const paths = first.failures.map(({ path }) => path);
  process.stdout.write(`Once more, with nothing beside: ${paths.join(', ')} …\n`);
  const second = await runJest(projects, ['--runInBand', '--runTestsByPath', ...paths], env);
  process.stdout.write(
    second.failed === 0
      ? 'All of them passed at the second attempt.\n'
      : `Failed again:\n${nameFailures(second.failures)}\n`,
  );
  const combined = (key) =>
    first.failures.reduce((sum, failure) => sum - failure[key], first[key]) + second[key];
  return {
    passed: combined('passed'),
    failed: combined('failed'),
    skipped: combined('skipped'),
    failures: second.failures,
  };
};
