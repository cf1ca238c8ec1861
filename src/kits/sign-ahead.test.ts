import { expect, test } from '@jest/globals';
import { buffer } from 'node:stream/consumers';
import { kitIssuer } from '../../test/support/kit-issuer.ts';
import type { KitParticipant, KitProject } from '../contract/kit.ts';
import { generateKit } from './make-kit.ts';
import { signAhead } from './sign-ahead.ts';

const NOW = new Date();
const issuer = await kitIssuer('AHEAD', NOW);
const project: KitProject = {
  shortName: 'AHEAD',
  targetRelease: '2.9',
  haMode: false,
  server1: 'server.example.org',
  server2: '',
  overseer: '',
  appLocation: 'docker pull nvflare/nvflare:2.9',
  organization: 'Lab_1',
  projectProps: {},
  serverProps: {},
  fileProps: {},
  requireSignedJobs: undefined,
  jemalloc: false,
  authIdentityMap: {},
  studies: undefined,
  peers: [],
};
const site: KitParticipant = {
  kind: 'client',
  name: 'site-1',
  organization: 'Hospital_1',
  capacity: { num_of_gpus: 0, mem_per_gpu_in_GiB: 0 },
  props: {},
};
const person: KitParticipant = {
  kind: 'admin',
  email: 'lead@example.org',
  organization: 'Hospital_1',
  role: 'lead',
  props: {},
};

/** Counts the signatures that some work takes. */
const counting = async (work: (ca: typeof issuer) => Promise<unknown>): Promise<number> => {
  let signatures = 0;
  await work({
    ...issuer,
    sign: (content) => {
      signatures += 1;
      return issuer.sign(content);
    },
  });
  return signatures;
};

const kitOf = (participant: KitParticipant) => (ca: typeof issuer) =>
  generateKit({ project, participant, pin: 'Pin4Zip9', encryption: 'aes256', issuer: ca, now: NOW }).then(
    ({ zip }) => buffer(zip),
  );

test.each([
  ['site', site],
  ['person', person],
])('leaves only key and certificate to be signed with the kit of a %s', async (_what, participant) => {
  const ahead = await counting((ca) => signAhead(project, participant, ca));
  expect(ahead).toBeGreaterThan(0);
  expect(await counting((ca) => signAhead(project, participant, ca))).toBe(0);
  expect(await counting(kitOf(participant))).toBe(2);
});

test('signs again what has changed since', async () => {
  await signAhead(project, site, issuer);
  expect(await counting(kitOf({ ...site, name: 'site-2' }))).toBeGreaterThan(2);
});
