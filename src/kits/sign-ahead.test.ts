import { expect, test } from '@jest/globals';
import { buffer } from 'node:stream/consumers';
import { kitIssuer } from '../../test/support/kit-issuer.ts';
import {
  kitPerson as person,
  kitProject as project,
  kitSite as site,
} from '../../test/support/kit-project.ts';
import type { KitParticipant } from '../contract/kit.ts';
import { generateKit } from './make-kit.ts';
import { signAhead } from './sign-ahead.ts';

const NOW = new Date();
const issuer = await kitIssuer('EXAM', NOW);

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
