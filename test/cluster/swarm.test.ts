import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { useBuiltImage } from '../e2e/built-image.ts';
import { describeWithEngine, docker } from '../e2e/surroundings.ts';
import { underLoad } from './load.ts';
import { queryDatabase, startPostgres, type PostgresServer } from './postgres-server.ts';
import { deployStack, waitFor, type SwarmStack } from './swarm-stack.ts';

const MINUTES = 300_000;
/** Requests that are under way at most: readers and writers of the load. */
const UNDER_WAY = 12;
const missing = existsSync('/usr/sbin/haproxy') ? undefined : 'HAProxy is not installed';

describeWithEngine(
  'the stack of deploy/swarm',
  () => {
    const image = useBuiltImage();
    const next = `${image}-next`;
    let server: PostgresServer;
    let url = '';
    let stack: SwarmStack;
    let token = '';
    beforeAll(async () => {
      docker('tag', image, next);
      server = await startPostgres();
      url = await server.createDatabase();
      stack = await deployStack(image, url);
      token = await stack.logIn();
    }, MINUTES);
    afterAll(async () => {
      await stack.remove();
      await server.stop();
      docker('rmi', '-f', next);
    }, MINUTES);

    test(
      'is updated to another image under load without a failed request',
      async () => {
        const before = stack.replicas();
        const { origin } = stack;
        const load = await underLoad({ origin, token, prefix: 'updated' }, () => stack.update(next));
        expect(load.failures).toEqual([]);
        expect(load.count()).toBeGreaterThan(100);
        const sites = "select count(*)::int as sites from client where name like 'updated-%'";
        expect(await queryDatabase(url, sites)).toEqual([{ sites: load.written.length }]);
        expect(stack.replicas().filter((id) => before.includes(id))).toEqual([]);
      },
      MINUTES,
    );

    test(
      'replaces a replica that was killed, and loses no acknowledged change',
      async () => {
        const before = stack.replicas();
        const [victim = ''] = before;
        const { origin } = stack;
        const load = await underLoad({ origin, token, prefix: 'killed' }, async ({ count }) => {
          await waitFor('the load runs', () => count() > 100);
          docker('kill', '--signal', 'KILL', victim);
          await waitFor(
            'another replica takes its place',
            () => stack.replicas().length === before.length && !stack.replicas().includes(victim),
          );
        });
        expect(load.failures.length).toBeLessThanOrEqual(UNDER_WAY);
        // A change whose response was lost may have been stored as well.
        const stored = await queryDatabase(url, "select name from client where name like 'killed-%'");
        expect(stored).toEqual(expect.arrayContaining(load.written.map((name) => ({ name }))));
      },
      MINUTES,
    );

    test('shows no secret in the description of its services', () => {
      const shown = docker('service', 'inspect', 'dashboard-test_dashboard').text;
      expect(shown).toContain('/run/secrets/dashboard_database_url');
      expect(shown).not.toContain(new URL(url).password);
      expect(shown).not.toContain('Amber-Lantern');
    });
  },
  missing,
);
