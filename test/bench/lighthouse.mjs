// Lighthouse comes from npm where the machine has a network; it is no dependency.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { logInOnPage } from '../browser/sample-study.mjs';
import { CHROMIUM } from '../prepare/chromium.js';

const execute = promisify(execFile);
const LIGHTHOUSE = 'lighthouse@12.8.2';
const MAX = 120_000;

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Lighthouse's scores of a page of the browser that listens on the port, with the session it has. */
const scoresOf = async (url, port, preset) => {
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-lighthouse-'));
  try {
    const report = join(folder, 'report.json');
    const settings = ['--output=json', `--output-path=${report}`, '--quiet', '--disable-storage-reset'];
    const form = preset === 'desktop' ? ['--preset=desktop'] : [];
    const categories = '--only-categories=performance,accessibility,best-practices';
    const command = ['--yes', LIGHTHOUSE, url, '--port', String(port), ...settings, ...form, categories];
    await execute('npx', command, { timeout: MAX, cwd: folder });
    const { categories: found, audits } = JSON.parse(readFileSync(report, 'utf8'));
    const scores = Object.entries(found).map(([name, { score }]) => [name, Math.round(score * 100)]);
    const faults = Object.entries(found)
      .filter(([name]) => name !== 'performance')
      .flatMap(([, { auditRefs }]) => auditRefs)
      .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
      .map(({ id }) => id);
    return {
      ...Object.fromEntries(scores),
      ...(faults.length === 0 ? {} : { faults: faults.join(' and ') }),
      lcp: audits['largest-contentful-paint'].displayValue,
      shift: audits['cumulative-layout-shift'].displayValue,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Says Lighthouse's scores of the pages that people open first. */
export const askLighthouse = async (backend, email) => {
  const profile = mkdtempSync(join(tmpdir(), 'dashboard-profile-'));
  const port = await freePort();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
    baseURL: backend.url,
    locale: 'en-GB',
  });
  const ask = async (name, path) => {
    for (const preset of ['desktop', 'mobile']) {
      const scores = await scoresOf(`${backend.url}${path}`, port, preset);
      const shown = Object.entries(scores).map(([what, value]) => `${what} ${value}`);
      process.stdout.write(`${name}, ${preset}: ${shown.join(', ')}\n`);
    }
  };
  try {
    await ask('log-in', '/');
    await logInOnPage(await context.newPage(), email);
    for (const [name, path] of [
      ['home of the admin', '/'],
      ['users', '/users'],
      ['inbox', '/inbox'],
    ]) {
      await ask(name, path);
    }
  } catch (error) {
    process.stdout.write(`Lighthouse was left out: ${error.message.split('\n')[0]}\n`);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
};
