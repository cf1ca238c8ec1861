import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../support/free-port.ts';
import { dashboard, type Ended } from './command.ts';
import { makeFolder } from './surroundings.ts';

const CREDENTIAL = 'admin@example.org:Amber-Lantern-3';

const Invited = z.object({
  invitations: z.array(z.looseObject({ email: z.string(), link: z.string().optional() })),
});

const project = makeFolder();
const elsewhere = makeFolder();
let url = '';

const remote = (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> => dashboard(args, { cwd: elsewhere.path, environment });

const json = async (args: readonly string[]): Promise<unknown> => {
  const { stdout, stderr, exitCode } = await remote([...args, '--json']);
  expect([exitCode, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
};

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const place = ['--local', '-p', String(port), '--bind', '127.0.0.1'];
  const started = await dashboard(['start', ...place, '--cred', `${CREDENTIAL}:org`], { cwd: project.path });
  expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  expect((await remote(['login', '--url', url], { NVFL_CREDENTIAL: CREDENTIAL })).exitCode).toBe(0);
}, 180_000);

afterAll(async () => {
  await dashboard(['stop', '--local'], { cwd: project.path });
  project.remove();
  elsewhere.remove();
});

describe('the commands for invitations', () => {
  it('invite people by links, and renew and revoke them', async () => {
    const place = ['--organization', 'clinic', '--role', 'lead'];
    const invited = Invited.parse(await json(['invite', 'dora@clinic.org', 'emil@clinic.org', ...place]));
    expect(invited.invitations).toMatchObject([
      { email: 'dora@clinic.org', role: 'lead', link: expect.stringContaining(`${url}/sign-up#invitation=`) },
      { email: 'emil@clinic.org' },
    ]);
    const [dora] = invited.invitations;
    const token = dora?.link?.split('=')[1] ?? '';
    const check = (): unknown => {
      const body = ['-H', 'content-type: application/json', '-d', JSON.stringify({ token })];
      const args = ['-sS', ...body, `${url}/api/v1/invitations/check`];
      return JSON.parse(execFileSync('curl', args, { encoding: 'utf8' }));
    };
    expect(check()).toMatchObject({ email: 'dora@clinic.org', organization: 'clinic', role: 'lead' });
    const file = join(elsewhere.path, 'links.txt');
    const shared = await remote(['invite', '--uses', '3', ...place, '-o', file]);
    expect([shared.exitCode, shared.stdout]).toEqual([0, expect.not.stringContaining('#invitation=')]);
    expect(readFileSync(file, 'utf8')).toMatch(
      /^3 people: http:\/\/127\.0\.0\.1:\d+\/sign-up#invitation=\S+\n$/,
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await remote(['invitations', 'list'])).stdout).toMatch(/dora@clinic\.org +clinic +lead +open/);
    expect((await remote(['invitations', 'renew', 'dora@clinic.org', '--days', '30'])).exitCode).toBe(0);
    expect(check()).toMatchObject({ code: 'invalid' });
    expect((await remote(['invitations', 'revoke', 'EMIL@clinic.org'])).exitCode).toBe(0);
    expect((await remote(['invitations', 'list'])).stdout).not.toContain('emil@clinic.org');
  });

  it('refuse an invitation of nobody, of everybody, and of those who are there', async () => {
    const invite = (...args: readonly string[]) => remote(['invite', '--organization', 'clinic', ...args]);
    expect((await invite()).exitCode).toBe(2);
    expect((await invite('fritz@clinic.org', '--uses', '3')).exitCode).toBe(2);
    const refused = await invite('admin@example.org');
    expect([refused.exitCode, refused.stderr]).toEqual([
      1,
      expect.stringContaining('has an account already'),
    ]);
    const unknown = await remote(['invitations', 'revoke', 'nobody@clinic.org']);
    expect([unknown.exitCode, unknown.stderr]).toEqual([1, expect.stringContaining('no invitation nobody')]);
  });
});
