// The two dashboards, each started as a process of its own on a loopback port in a folder of its own.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { clearTimeout } from 'node:timers';
import { root } from '../../bin/prepare.js';
import { ask, connect } from './load.mjs';

export const NVFLARE = '2.9.0';
export const ADMIN = { email: 'admin@example.org', password: 'correct-horse-battery' };
const CREDENTIAL = `${ADMIN.email}:${ADMIN.password}:Hospital`;
const START_SECONDS = 60;
const POLL_MS = 5;

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** The original's own program but for the address: it would listen on every one of the machine's. */
const ORIGINAL = `import os
from nvflare.dashboard.wsgi import app
app.run(host="127.0.0.1", port=int(os.environ["NVFL_WEB_PORT"]))`;

/** Python with NVIDIA's package: `NVFLARE_PYTHON`, else a virtual environment outside the repository. */
const nvidiaPython = () => {
  const given = process.env.NVFLARE_PYTHON;
  if (given) {
    return { python: given };
  }
  const folder = join(tmpdir(), `nvflare-dashboard-bench-${NVFLARE}`);
  const python = join(folder, 'bin', 'python');
  if (existsSync(join(folder, 'complete'))) {
    return { python };
  }
  const steps = [
    ['python3', ['-m', 'venv', folder]],
    [python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `nvflare==${NVFLARE}`]],
  ];
  for (const [program, args] of steps) {
    const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
    if (status !== 0) {
      return { why: (error?.message ?? stderr).trim().split('\n').at(-1) };
    }
  }
  closeSync(openSync(join(folder, 'complete'), 'w'));
  return { python };
};

const start = async (name, program, args, prefix) => {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'nvflare-dashboard-bench-'));
  const log = openSync(join(folder, 'output.log'), 'w');
  const began = performance.now();
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', log, log],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      NVFL_WEB_ROOT: folder,
      NVFL_WEB_HOST: '127.0.0.1',
      NVFL_WEB_PORT: String(port),
      NVFL_CREDENTIAL: CREDENTIAL,
    },
  });
  closeSync(log);
  const ended = new Promise((resolve) => child.once('close', resolve));
  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(force);
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const pool = connect(origin, 1);
  try {
    while ((await ask(pool, { path: `${prefix}/project` })).status !== 200) {
      if (child.exitCode !== null || performance.now() - began > START_SECONDS * 1000) {
        throw new Error(`${name} did not answer:\n${readFileSync(join(folder, 'output.log'), 'utf8')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  } catch (error) {
    await stop();
    throw error;
  } finally {
    await pool.destroy();
  }
  return { name, origin, prefix, pid: child.pid, start_ms: performance.now() - began, stop };
};

/** Starts our built backend. */
export const startOurs = () =>
  start('ours', process.execPath, [join(root, 'dist', 'backend', 'entry', 'main.js')], '/api/v1');

/** Starts NVIDIA's dashboard, or gives `{ why }` when it cannot be had. */
export const startOriginal = async () => {
  const { python, why } = nvidiaPython();
  if (why !== undefined) {
    return { why };
  }
  return start('original', python, ['-c', ORIGINAL], '/nvflare-dashboard/api/v1');
};
