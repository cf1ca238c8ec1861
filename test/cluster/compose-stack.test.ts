import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { useBuiltImage } from '../e2e/built-image.ts';
import { describeWithEngine, docker } from '../e2e/surroundings.ts';
import { ADMIN, startComposeStack, type ComposeStack } from './compose-stack.ts';
import { underLoad } from './load.ts';
import { until } from '../support/until.ts';

const MINUTES = 240_000;
/** Requests that are under way at most: readers and writers of the load. */
const UNDER_WAY = 12;
const missing = ['/usr/sbin/haproxy', '/usr/lib/postgresql', '/usr/bin/docker-compose'].find(
  (path) => !existsSync(path),
);
const Login = z.object({ access_token: z.string() });

describeWithEngine(
  'deploy/compose, with PostgreSQL and HAProxy',
  () => {
    const image = useBuiltImage();
    let stack: ComposeStack;
    let token = '';
    const kit = async () => (await stack.ask('POST', '/clients/1/blob', { pin: 'Pin4Zip9' }, token)).status;
    beforeAll(async () => {
      stack = await startComposeStack(image);
      await stack.ready();
      token = Login.parse((await stack.ask('POST', '/login', ADMIN)).json).access_token;
      const site = { name: 'site-1', organization: 'hospital' };
      expect((await stack.ask('POST', '/clients', site, token)).status).toBe(201);
      await stack.ask('PATCH', '/clients/1', { approval_state: 100 }, token);
      const project = { short_name: 'compose', server1: 'fl.example.org', key_bits: 2048, frozen: true };
      expect((await stack.ask('PATCH', '/project', project, token)).status).toBe(200);
    }, MINUTES);
    afterAll(() => {
      stack.remove();
    }, MINUTES);

    test(
      'is one dashboard of two replicas, whose kits still come when one is killed',
      async () => {
        const replicas = stack.containers('dashboard');
        expect(replicas).toHaveLength(2);
        expect(await kit()).toBe(200);
        const { origin } = stack;
        const load = await underLoad({ origin, token, prefix: 'killed' }, async ({ count }) => {
          await until(() => count() > 50, MINUTES);
          docker('kill', '--signal', 'KILL', replicas[0] ?? '');
          await until(async () => (await kit()) === 200, MINUTES);
          const before = count();
          await until(() => count() > before + 50, MINUTES);
        });
        expect(load.failures.length).toBeLessThanOrEqual(UNDER_WAY);
        for (const name of load.written) {
          expect((await stack.ask('GET', `/clients?q=${name}`, undefined, token)).json).toMatchObject({
            client_list: expect.arrayContaining([expect.objectContaining({ name })]),
          });
        }
      },
      MINUTES,
    );

    test(
      'fails no request when the database does not respond for a second',
      async () => {
        const [database = ''] = stack.containers('database');
        const { origin } = stack;
        const { failures } = await underLoad({ origin, token, prefix: 'paused' }, async ({ count }) => {
          await until(() => count() > 50, MINUTES);
          docker('pause', database);
          await pause(1500);
          docker('unpause', database);
          const before = count();
          await until(() => count() > before + 200, MINUTES);
        });
        expect(failures).toEqual([]);
      },
      MINUTES,
    );

    test(
      'keeps everything when the database is restarted',
      async () => {
        expect(stack.compose('restart', 'database').status).toBe(0);
        await stack.ready();
        expect(await kit()).toBe(200);
      },
      MINUTES,
    );
  },
  missing === undefined ? undefined : `${missing} is not there`,
);
