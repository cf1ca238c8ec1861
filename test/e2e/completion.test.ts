import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as pty from 'node-pty';
import { dashboard } from './command.ts';
import { BIN, describeWithEngine, makeFolder, shellEnvironment } from './surroundings.ts';

const MINUTE = 60_000;
const folder = makeFolder();
const environment: Readonly<Record<string, string>> = {
  ...shellEnvironment(folder.path),
  PATH: `${folder.path}/bin:${process.env['PATH'] ?? ''}`,
};

beforeAll(async () => {
  mkdirSync(join(folder.path, 'bin'));
  mkdirSync(join(folder.path, 'project-1'));
  writeFileSync(join(folder.path, 'project list.yml'), '');
  const program = join(folder.path, 'bin', 'dashboard');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`);
  chmodSync(program, 0o755);
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await dashboard(['completion', shell], { cwd: folder.path });
    writeFileSync(join(folder.path, shell), stdout);
  }
}, MINUTE);
afterAll(() => {
  folder.remove();
});

const bash = (line: string): readonly string[] => {
  // Bash takes `=` for a word of its own.
  const words = line.replace('=', ' = ').split(' ');
  const script = `
    source ./bash
    COMP_LINE=$1; COMP_POINT=\${#1}; COMP_WORDBREAKS=$' \\t\\n"=:'
    shift; COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 ))
    _dashboard; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script, 'bash', line, ...words], {
    cwd: folder.path,
    env: environment,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
};

const fish = (line: string): readonly string[] => {
  const { stdout, stderr } = spawnSync(
    'fish',
    ['--no-config', '-c', 'source ./fish; complete -C $argv[1]', line],
    {
      cwd: folder.path,
      env: environment,
      encoding: 'utf8',
    },
  );
  expect(stderr).toBe('');
  return stdout
    .split('\n')
    .map((one) => one.split('\t', 1).join(''))
    .filter((word) => word !== '');
};

/** Types a line and a tab into zsh. @returns the line as zsh completed it */
const zsh = async (line: string): Promise<string> => {
  const shell = pty.spawn('zsh', ['-f', '-i'], { cwd: folder.path, cols: 160, rows: 50, env: environment });
  let shown = '';
  let wake: (() => void) | undefined;
  shell.onData((data) => {
    shown += data;
    wake?.();
  });
  const see = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = pattern.exec(shown);
      if (found !== null) {
        return found;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  // Ctrl-A and Ctrl-K cut the completed line out, and the shell prints it.
  shell.write('PS1=">"; source ./zsh; print ready$((1+1))\r');
  await see(/ready2/);
  shell.write(`${line}\t\u0001print -r -- '<<'\u0005'>>'\r`);
  const [, completed = ''] = await see(/\n<< ?([^\r\n]*)>>/);
  shell.kill();
  return completed;
};

const CASES: readonly (readonly [string, readonly string[]])[] = [
  ['dashboard stat', ['status']],
  ['dashboard image bu', ['build']],
  ['dashboard start --rest', ['--restart']],
  ['dashboard start --restart on', ['on-failure']],
  ['dashboard completion f', ['fish']],
  ['dashboard users add --role l', ['lead']],
  ['dashboard service un', ['uninstall']],
];
/** Bash completes what follows the `=`, the others the whole word. */
const AFTER_EQUALS = 'dashboard reissue --role ann@example.org=me';

test('prints the whole of a long script into a pipe that is read late', () => {
  const script = 'dashboard completion fish | { sleep 1; cat; }';
  const { stdout } = spawnSync('bash', ['-c', script], {
    cwd: folder.path,
    env: environment,
    encoding: 'utf8',
  });
  expect(stdout.length).toBeGreaterThan(2 * 65_536);
  expect(stdout).toBe(readFileSync(join(folder.path, 'fish'), 'utf8'));
  expect(stdout).toMatch(/-x -a 'bash zsh fish'/);
});

describe('completion in bash', () => {
  test.each(CASES)('of "%s" is %j', (line, words) => {
    expect(bash(line)).toEqual(words);
  });

  test('of an option with a value by "=" is that value', () => {
    expect(bash('dashboard start --restart=un')).toEqual(['unless-stopped']);
  });

  test('of a role after an e-mail address is the role', () => {
    expect(bash(AFTER_EQUALS)).toEqual(['member']);
  });

  test('completes folders, and files with spaces', () => {
    expect(bash('dashboard start --folder pro')).toEqual(['project-1']);
    expect(bash('dashboard import pro')).toEqual(expect.arrayContaining(['project list.yml', 'project-1']));
    expect(bash('dashboard start --passphrase-file project')).toContain('project list.yml');
  });
});

describe('completion in fish', () => {
  test.each(CASES)('of "%s" is %j', (line, words) => {
    expect(fish(line)).toEqual(words);
  });

  test('of a role after an e-mail address is both', () => {
    expect(fish(AFTER_EQUALS)).toEqual(['ann@example.org=member']);
  });

  test('completes folders and files', () => {
    expect(fish('dashboard start --folder pro')).toEqual(['project-1/']);
    expect(fish('dashboard import pro')).toEqual(expect.arrayContaining(['project list.yml', 'project-1/']));
  });
});

describe('completion in zsh', () => {
  test.each(CASES)(
    'of "%s" is %j',
    async (line, [word = '']) => {
      const completed = await zsh(line);
      expect(completed.trim()).toBe(`${line.split(' ').slice(0, -1).join(' ')} ${word}`);
    },
    MINUTE,
  );

  test(
    'of a role after an e-mail address is the role',
    async () => {
      expect((await zsh(AFTER_EQUALS)).trim()).toBe(`${AFTER_EQUALS}mber`);
    },
    MINUTE,
  );

  test(
    'completes folders',
    async () => {
      expect((await zsh('dashboard start --folder pro')).trim()).toBe('dashboard start --folder project-1');
    },
    MINUTE,
  );
});

describeWithEngine('completion of what the engine has', () => {
  test(
    'completes images, with a colon',
    () => {
      const image = environment['NVFL_BASE_IMAGE'] ?? '';
      const [name = '', tag = ''] = image.split(':');
      expect(bash(`dashboard start --base-image ${name}:`)).toContain(tag);
      expect(fish(`dashboard start --base-image ${name}:`)).toContain(image);
    },
    MINUTE,
  );
});
