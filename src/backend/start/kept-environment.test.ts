import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { KEPT_ENVIRONMENT } from '../../contract/kept-environment.ts';
import type { Secrets } from '../../contract/secret-frame.ts';
import { startEnvironment } from './kept-environment.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-environment-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A start that succeeds. */
const startWith = async (secrets: Secrets): Promise<unknown> => {
  const { environment, keep } = await startEnvironment(folder, secrets);
  await keep();
  return environment;
};
const file = (): string => join(folder, KEPT_ENVIRONMENT);

test('gives an engine restart what the start before it was given', async () => {
  await startWith({ environment: { A: 'one', B: 'b=c' } });
  expect(await startWith({})).toEqual({ A: 'one', B: 'b=c' });
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

test('adds to it where a restart says so', async () => {
  await startWith({ environment: { A: 'one', B: 'two' } });
  const added: Secrets = { environment: { B: 'three' }, keepEnvironment: true };
  expect(await startWith(added)).toEqual({ A: 'one', B: 'three' });
  expect(await startWith({})).toEqual({ A: 'one', B: 'three' });
});

test('forgets it with the next start that is given none', async () => {
  await startWith({ environment: { A: 'one' } });
  expect(await startWith({ environment: {} })).toEqual({});
  expect(() => statSync(file())).toThrow('ENOENT');
});

test('keeps nothing of a start that fails', async () => {
  await startWith({ environment: { A: 'one' } });
  await startEnvironment(folder, { environment: { A: 'wrong' } });
  expect(await startWith({})).toEqual({ A: 'one' });
});
