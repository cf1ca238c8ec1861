import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { z } from 'zod';
import { hasOption, requiredWords, type Leaf } from '../support/every-command.ts';
import { freePort } from '../support/free-port.ts';
import { runCommand } from '../support/run-command.ts';
import { ROOT } from './surroundings.ts';

const NOBODY = '65534';
const Document = z.object({
  ok: z.boolean(),
  schemaVersion: z.literal(1),
  error: z
    .object({ code: z.string(), message: z.string(), advice: z.string(), exitCode: z.number() })
    .optional(),
});
const Results = z.array(z.object({ exitCode: z.number(), stdout: z.string() }));

/** What no command says: names of the parts it is made of, paths inside a container, a sentence twice. */
const NOT_OURS =
  /SqliteError|ZodError|OtherDatabase|\bE(?!MAIL:)[A-Z]{4,}:|\n\s+at |undefined|\[object|\/var\/tmp\/nvflare|It failed|should not have happened|\.\.(?:\n|$)|(\b\w[^.]{15,})\. \1\./;

const argumentsOf = ({ words, command }: Leaf, port: string, local: boolean): readonly string[] => [
  ...words,
  ...requiredWords(command),
  ...(local && hasOption(command, '--local') ? ['--local'] : []),
  ...(hasOption(command, '--port') ? ['--port', port] : []),
  ...['--timeout', '5', '--json'],
];

const surroundings = (folder: string) => ({
  cwd: folder,
  home: `${folder}-home`,
  environment: { PATH: process.env['PATH'], DOCKER_HOST: 'unix:///nonexistent/docker.sock' },
  packageRoot: ROOT,
});

/** Checks what every command keeps to: one document, its exit code, sentences in its own words. */
const judge = ({ exitCode, stdout }: { readonly exitCode: number; readonly stdout: string }) => {
  const { error } = Document.parse(JSON.parse(stdout));
  expect(error?.exitCode ?? exitCode).toBe(exitCode);
  expect(`${error?.message ?? 'Done.'}\n${error?.advice ?? ''}`).not.toMatch(NOT_OURS);
  expect(error?.message ?? 'Done.').toMatch(/[^.][.?]$/);
  return { exitCode, message: error?.message ?? '', advice: error?.advice ?? '' };
};

/** Runs a command in the folder as a script does. */
export const runIn = async (folder: string, leaf: Leaf, local: boolean) => {
  const argv = argumentsOf(leaf, String(await freePort()), local);
  return judge(await runCommand(argv, { ...surroundings(folder), uid: process.getuid?.() }));
};

/** Runs commands in the folder, one after the other, as a user without any rights. */
export const runAsNobody = (folder: string, leaves: readonly Leaf[]) => {
  const calls = leaves.map((leaf) => argumentsOf(leaf, '18443', true));
  const { status, stdout, stderr } = spawnSync(
    'setpriv',
    [
      ...['--reuid', NOBODY, '--regid', NOBODY, '--clear-groups'],
      ...[process.execPath, join(import.meta.dirname, 'run-calls.ts')],
    ],
    {
      input: JSON.stringify({ calls, changes: { ...surroundings(folder), uid: Number(NOBODY) } }),
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  expect([status, stderr]).toEqual([0, '']);
  return Results.parse(JSON.parse(stdout)).map((result, index) => ({
    name: leaves[index]?.name,
    ...judge(result),
  }));
};
