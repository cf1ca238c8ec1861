import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { EngineError, type EngineErrorDetails } from '../errors.ts';
import { engineCandidates, wellKnownSockets } from './candidates.ts';
import { connectEngine } from './connect.ts';
import { parseEndpoint } from '../endpoint.ts';
import { negotiateApi } from '../negotiate.ts';

let home: string;
const servers: Server[] = [];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'engines-'));
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
  }
  await rm(home, { recursive: true, force: true });
});

const around = (environment: Readonly<Record<string, string>>) => ({
  environment,
  home,
  platform: 'linux' as const,
  uid: 1234,
});

const listen = async (name: string, response: RequestListener): Promise<string> => {
  const path = join(home, name);
  const server = createServer(response);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return path;
};

const failureOf = async (environment: Readonly<Record<string, string>>): Promise<EngineErrorDetails> => {
  try {
    await connectEngine(around(environment));
  } catch (error) {
    if (error instanceof EngineError) {
      return error.failure;
    }
  }
  throw new Error('this was expected to fail');
};

const makeContext = async (name: string, host: string): Promise<void> => {
  const id = createHash('sha256').update(name).digest('hex');
  const folder = join(home, '.docker/contexts/meta', id);
  await mkdir(folder, { recursive: true });
  const meta = { Name: name, Endpoints: { docker: { Host: host } } };
  await writeFile(join(folder, 'meta.json'), JSON.stringify(meta));
};

const named = async (environment: Readonly<Record<string, string>>) =>
  (await engineCandidates(around(environment))).map((each) =>
    'failure' in each ? `${each.failure.source}: ${each.failure.reason}` : each.source,
  );

describe('connectEngine', () => {
  test('a socket that is not there is missing', async () => {
    const host = `unix://${home}/none.sock`;
    expect(await failureOf({ DOCKER_HOST: host })).toMatchObject({
      code: 'engine_not_found',
      tried: [{ endpoint: host, source: 'DOCKER_HOST', reason: 'missing' }],
    });
  });

  test('recognizes rootless Podman, which lists it only as a field of its own', async () => {
    const path = await listen('podman.sock', (request, response) => {
      const version = { Version: '4.3.1', ApiVersion: '1.41', Components: [{ Name: 'Podman Engine' }] };
      const info = { SecurityOptions: ['name=seccomp,profile=default'], Rootless: true };
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(request.url?.endsWith('/info') === true ? info : version));
    });
    const { identity } = await connectEngine(around({ DOCKER_HOST: `unix://${path}` }));
    expect(identity).toMatchObject({ product: 'podman', rootless: true });
  });

  test('a port on which nothing listens is refused', async () => {
    expect(await failureOf({ DOCKER_HOST: 'tcp://127.0.0.1:1' })).toMatchObject({
      tried: [{ endpoint: 'tcp://127.0.0.1:1', reason: 'refused' }],
    });
  });

  test('something else that responds is not an engine', async () => {
    const path = await listen('web.sock', (_request, response) => {
      response.end('<html>');
    });
    expect(await failureOf({ DOCKER_HOST: `unix://${path}` })).toMatchObject({
      tried: [{ reason: 'not_an_engine' }],
    });
  });

  test('names the versions of an engine that is too old', async () => {
    const path = await listen('old.sock', (_request, response) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ Version: '19.03.1', ApiVersion: '1.40', MinAPIVersion: '1.12' }));
    });
    expect(await failureOf({ DOCKER_HOST: `unix://${path}` })).toMatchObject({
      code: 'engine_too_old',
      version: '19.03.1',
      apiVersion: '1.40',
      minimumApiVersion: '1.41',
    });
  });

  test('what cannot be spoken to is said so', async () => {
    for (const address of [
      'npipe:////./pipe/docker',
      'ssh://user:secret@host',
      'ssh://',
      'ssh://-oProxyCommand=x',
    ]) {
      expect(await failureOf({ DOCKER_HOST: address })).toMatchObject({
        tried: [{ reason: 'unsupported' }],
      });
    }
  });
});

describe('engineCandidates', () => {
  test('DOCKER_HOST goes before DOCKER_CONTEXT, and both exclude all others', async () => {
    await makeContext('work', 'tcp://10.0.0.1:2376');
    expect(await named({ DOCKER_HOST: 'unix:///x', DOCKER_CONTEXT: 'work' })).toEqual(['DOCKER_HOST']);
    expect(await named({ DOCKER_CONTEXT: 'work' })).toEqual(['DOCKER_CONTEXT "work"']);
    expect(await named({ DOCKER_CONTEXT: 'gone' })).toEqual(['DOCKER_CONTEXT "gone": context_broken']);
  });

  test('the current context goes first; only when it is local the known sockets follow', async () => {
    await makeContext('far', 'tcp://10.0.0.1:2376');
    await makeContext('near', 'unix:///near.sock');
    const config = join(home, '.docker/config.json');
    await writeFile(config, JSON.stringify({ currentContext: 'far' }));
    expect(await named({})).toEqual(['docker context "far"']);
    await writeFile(config, JSON.stringify({ currentContext: 'near' }));
    const sources = wellKnownSockets(around({})).map(({ source }) => source);
    expect(await named({})).toEqual(['docker context "near"', ...sources]);
    expect(await named({ DOCKER_CONTEXT: 'default' })).toEqual(sources);
  });
});

test.each([
  ['unix:///var/run/docker.sock', { kind: 'unix', path: '/var/run/docker.sock' }],
  ['tcp://host', { kind: 'tcp', host: 'host', port: 2375, tls: undefined }],
  ['tcp://host:80', { kind: 'tcp', host: 'host', port: 80, tls: undefined }],
  ['tcp://[::1]:2375', { kind: 'tcp', host: '::1', port: 2375, tls: undefined }],
])('the endpoint %s is read', (text, endpoint) => {
  expect(parseEndpoint(text, undefined)).toEqual(endpoint);
});

test.each([
  ['1.40', '1.12', undefined],
  ['1.41', '1.12', '1.41'],
  ['1.41', undefined, '1.41'],
  ['1.52', '1.44', '1.47'],
  ['1.60', '1.50', '1.50'],
  ['nonsense', undefined, undefined],
])('an engine of API %s (at least %s) is spoken to in %s', (newest, oldest, version) => {
  expect(negotiateApi(newest, oldest)).toBe(version);
});
