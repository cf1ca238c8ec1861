// A Docker engine for the tests, and a base image for them that needs no registry. Plain Node, no dependency.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { URLSearchParams } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { baseImageArchive, baseImageFingerprint } from './base-image.js';

const BASE_IMAGE = 'nvflare-dashboard-test-base:local';
const DEFAULT_SOCKET = '/var/run/docker.sock';
const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 30_000;

/** One call to the engine's API over its socket → `{ status, body }`. */
const call = (socketPath, method, path, { body, headers = {} } = {}) =>
  new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path, headers, timeout: 60_000 }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString('utf8') }),
      );
      response.on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(new Error('the engine did not answer in time')));
    sent.on('error', reject);
    if (body === undefined) {
      sent.end();
    } else {
      body.on('error', (error) => sent.destroy(error)).pipe(sent);
    }
  });

const responses = async (socketPath) => {
  try {
    return (await call(socketPath, 'GET', '/_ping')).status === 200;
  } catch {
    return false;
  }
};

const cacheFolder = () =>
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'nvflare-dashboard-tests', 'docker');

const reachableSocket = async () => {
  const { DOCKER_HOST: host = '' } = process.env;
  const chosen = host.startsWith('unix://') ? host.slice('unix://'.length) : DEFAULT_SOCKET;
  // The second is there when an earlier run was killed before it could stop its engine.
  const sockets = [chosen, join(cacheFolder(), 'docker.sock')];
  for (const socket of sockets) {
    if (existsSync(socket) && (await responses(socket))) {
      return socket;
    }
  }
  return undefined;
};

/** Creates a base image with a Node binary unless the engine has one of the same files. */
export const makeBaseImage = async (socketPath, { reference = BASE_IMAGE, node = process.execPath } = {}) => {
  const fingerprint = baseImageFingerprint(node);
  const found = await call(socketPath, 'GET', `/images/${reference}/json`);
  if (found.status === 200) {
    const labels = JSON.parse(found.body).Config?.Labels ?? {};
    if (labels['test-base'] === fingerprint) {
      return;
    }
  }
  const [repo, tag] = reference.split(':');
  const changes = [`LABEL test-base=${fingerprint}`, 'ENV PATH=/usr/local/bin:/usr/bin:/bin'];
  const query = new URLSearchParams([
    ['fromSrc', '-'],
    ['repo', repo],
    ['tag', tag],
    ...changes.map((change) => ['changes', change]),
  ]);
  const { stream, done } = baseImageArchive(node);
  const { status, body } = await call(socketPath, 'POST', `/images/create?${query}`, {
    body: stream,
    headers: { 'Content-Type': 'application/x-tar' },
  });
  await done;
  if (status !== 200 || body.includes('"error"')) {
    throw new Error(`base image: ${body.trim()}`);
  }
};

const lastLines = (file) =>
  existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(-3).join(' | ') : '';

const endOf = (child) =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
    } else {
      child.once('exit', () => resolve());
    }
  });

/** Starts an engine of our own, apart from any other: own data, own socket, own pid file. */
const startEngine = async (folder, extra) => {
  const socket = join(folder, 'docker.sock');
  const log = join(folder, 'dockerd.log');
  const pidFile = join(folder, 'dockerd.pid');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const file of [socket, pidFile, log]) {
    rmSync(file, { force: true });
  }
  const output = openSync(log, 'a');
  const child = spawn(
    'dockerd',
    [
      ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
      ...['--pidfile', pidFile, '--host', `unix://${socket}`],
      ...extra,
    ],
    { detached: true, stdio: ['ignore', output, output] },
  );
  let failure;
  child.once('error', (error) => (failure = error.message));
  const stop = async () => {
    child.kill('SIGTERM');
    await Promise.race([endOf(child), sleep(STOP_WITHIN_MS, undefined, { ref: false })]);
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
    }
    for (const file of [socket, pidFile]) {
      rmSync(file, { force: true });
    }
  };
  const until = Date.now() + START_WITHIN_MS;
  while (Date.now() < until && failure === undefined && child.exitCode === null) {
    if (existsSync(socket) && (await responses(socket))) {
      return { socket, stop };
    }
    await sleep(200);
  }
  await stop();
  return { reason: failure ?? `dockerd did not start: ${lastLines(log)}` };
};

const hasProgram = (name) =>
  (process.env.PATH ?? '')
    .split(':')
    .concat('/usr/sbin', '/sbin')
    .some((folder) => existsSync(join(folder, name)));

/** Whether network interfaces that come into being get no IPv6 address. */
const WITHOUT_IPV6 = '/proc/sys/net/ipv6/conf/default/disable_ipv6';

/**
 * Lets the interfaces of containers come and go without an address on this host: Chromium takes each address for another
 * network and cuts what it is fetching.
 *
 * @returns undoes it
 */
const hideInterfaces = () => {
  if (!existsSync(WITHOUT_IPV6)) {
    return () => undefined;
  }
  const before = readFileSync(WITHOUT_IPV6, 'utf8');
  writeFileSync(WITHOUT_IPV6, '1');
  return () => writeFileSync(WITHOUT_IPV6, before);
};

const ownEngine = async () => {
  if (process.platform !== 'linux') {
    return { reason: 'no engine answers, and only Linux can start one' };
  }
  if (process.getuid?.() !== 0) {
    return { reason: 'no engine answers, and only root can start one' };
  }
  if (!hasProgram('dockerd')) {
    return { reason: 'no engine answers, and dockerd is not installed' };
  }
  const folder = cacheFolder();
  const first = await startEngine(folder, []);
  const engine =
    first.reason !== undefined && /iptables|nftables|NAT chain/i.test(first.reason)
      ? // A kernel without packet filter: published ports still work, through the engine's own proxy.
        await startEngine(folder, ['--iptables=false', '--ip6tables=false'])
      : first;
  if (engine.reason !== undefined) {
    return engine;
  }
  await removeLeftovers(engine.socket);
  const undo = hideInterfaces();
  const stop = async () => {
    undo();
    await engine.stop();
  };
  return { ...engine, stop };
};

/** Removes what a run left that was killed: its containers, networks, volumes and swarm stand in the way of the next. */
const removeLeftovers = async (socketPath) => {
  await call(socketPath, 'POST', '/swarm/leave?force=1');
  const { body } = await call(socketPath, 'GET', '/containers/json?all=1');
  for (const { Id: id } of JSON.parse(body)) {
    await call(socketPath, 'DELETE', `/containers/${id}?force=1&v=1`);
  }
  await call(socketPath, 'POST', '/networks/prune');
  await call(socketPath, 'POST', '/volumes/prune');
};

/**
 * Finds an engine or starts one, and makes the base image in it.
 *
 * @returns `{ dockerHost, baseImage, stop }` (`stop` ends only what was started here), or `{ reason }`
 */
export const prepareDocker = async () => {
  const socket = await reachableSocket();
  const engine = socket === undefined ? await ownEngine() : { socket, stop: async () => undefined };
  if (engine.reason !== undefined) {
    return engine;
  }
  try {
    if (!statSync(engine.socket).isSocket()) {
      throw new Error('no socket');
    }
    await makeBaseImage(engine.socket);
  } catch (error) {
    await engine.stop();
    return { reason: error.message };
  }
  return { dockerHost: `unix://${engine.socket}`, baseImage: BASE_IMAGE, stop: engine.stop };
};
