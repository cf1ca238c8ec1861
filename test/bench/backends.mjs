// The two dashboards, each started as a process of its own on a loopback port in a folder of its own.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { clearTimeout } from 'node:timers';
import { root } from '../../bin/prepare.js';
import { prepareNvflare } from '../prepare/nvflare.js';
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

/**
 * The original's own program but for the address, as it would listen on every one of the machine's, and for the size of
 * the keys, which is 2,048 bits in it.
 */
const ORIGINAL = `import os, ssl
from cryptography.hazmat.primitives.asymmetric import rsa
bits = int(os.environ["BENCH_KEY_BITS"])
generate = rsa.generate_private_key
rsa.generate_private_key = lambda public_exponent, key_size, backend=None: generate(public_exponent, bits)
from nvflare.dashboard.wsgi import app
context = None
if os.path.exists("cert/web.crt"):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("cert/web.crt", "cert/web.key")
app.run(host="127.0.0.1", port=int(os.environ["NVFL_WEB_PORT"]), ssl_context=context)`;

/** Puts a web certificate into the project folder: both dashboards then serve HTTPS alone. */
const addCertificate = (folder) => {
  mkdirSync(join(folder, 'cert'), { mode: 0o700 });
  const files = ['-keyout', join(folder, 'cert', 'web.key'), '-out', join(folder, 'cert', 'web.crt')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  const { status, stderr } = spawnSync('openssl', ['req', '-x509', ...key, ...subject, ...files], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new Error(`openssl: ${stderr}`);
  }
  chmodSync(join(folder, 'cert', 'web.key'), 0o600);
};

/** @param options `folder`: an existing one, which stays */
const start = async (name, program, args, { prefix, https = false, bits = 2048, folder: given }) => {
  const port = await freePort();
  const folder = given ?? mkdtempSync(join(tmpdir(), 'nvflare-dashboard-bench-'));
  if (https) {
    addCertificate(folder);
  }
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
      BENCH_KEY_BITS: String(bits),
    },
  });
  closeSync(log);
  const ended = new Promise((resolve) => child.once('close', resolve));
  const origin = `${https ? 'https' : 'http'}://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(force);
    }
    if (given === undefined) {
      rmSync(folder, { recursive: true, force: true });
    }
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
export const startOurs = ({ https, folder } = {}) =>
  start('ours', process.execPath, [join(root, 'dist', 'backend', 'entry', 'main.js')], {
    prefix: '/api/v1',
    https,
    folder,
  });

/**
 * Starts NVIDIA's dashboard, or gives `{ why }` when it cannot be had.
 *
 * @param options `bits`: size of the keys in its kits
 */
export const startOriginal = async ({ https, bits } = {}) => {
  const { environments, reason } = await prepareNvflare(['2.9']);
  const folder = environments['2.9'];
  if (folder === undefined) {
    return { why: reason };
  }
  return start('original', join(folder, 'bin', 'python'), ['-c', ORIGINAL], {
    prefix: '/nvflare-dashboard/api/v1',
    https,
    bits,
  });
};
