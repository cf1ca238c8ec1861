import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Backend } from '../api/backend.ts';
import { prepareNvflare } from '../prepare/nvflare.js';
import { falsify, type Falsified } from '../support/zip-entries.ts';

const PIN = 'Kit7pin42';
const SCRIPT = 'startup/start.sh';
const ENCRYPTIONS = ['zipcrypto', 'aes256'] as const;
const RELEASES = ['2.9', '2.5'];
const { environments } = await prepareNvflare(RELEASES);
const [newest = ''] = RELEASES.flatMap((release) => environments[release] ?? []);

const Ca = z.object({ fingerprint_sha256: z.string() });

let backend: Backend;
/** Asked for before the tests, whose programs hold up this process until its connections are too old. */
let fingerprint = '';
const kits = new Map<string, Buffer>();
const kitOf = (encryption: string): Buffer => kits.get(encryption) ?? Buffer.alloc(0);

beforeAll(async () => {
  backend = await startBackend();
  await backend.admin('PATCH', '/project', {
    short_name: 'demo',
    server1: 'fl.example.org',
    key_bits: 2048,
    frozen: true,
  });
  for (const encryption of ENCRYPTIONS) {
    const kit = await backend.admin('POST', '/servers/1/blob', { pin: PIN, encryption });
    expect([kit.status, kit.headers.get('x-kit-encryption')]).toEqual([200, encryption]);
    kits.set(encryption, kit.bytes);
  }
  ({ fingerprint_sha256: fingerprint } = Ca.parse((await backend.admin('GET', '/ca')).json));
  const script = await backend.stranger('GET', '/unpack_kit.py');
  writeFileSync(join(backend.folder, 'unpack_kit.py'), script.bytes);
}, 300_000);
afterAll(() => backend.close());

interface Run {
  readonly pin?: string;
  readonly words?: readonly string[];
  readonly environment?: string;
}

/** Unpacks a zip in a folder of its own, with the PIN on standard input. */
const unpack = (zip: Buffer, { pin = PIN, words = [], environment = newest }: Run = {}) => {
  const folder = mkdtempSync(join(backend.folder, 'unpack-'));
  writeFileSync(join(folder, 'kit.zip'), zip);
  const { status, stdout, stderr } = spawnSync(
    join(environment, 'bin', 'python'),
    [join(backend.folder, 'unpack_kit.py'), 'kit.zip', '--pin-file', '-', ...words],
    { cwd: folder, input: `${pin}\n`, encoding: 'utf8' },
  );
  return { status, stdout, stderr, folder, left: readdirSync(folder).sort() };
};

const REFUSED = ['kit.zip'];

describe.each(ENCRYPTIONS)('a kit encrypted with %s', (encryption) => {
  test.each(RELEASES)('is opened and checked with the Python of NVFLARE %s', (release) => {
    const { status, stdout, stderr, folder } = unpack(kitOf(encryption), {
      environment: environments[release] ?? '',
    });
    expect([stderr, status]).toEqual(['', 0]);
    expect(stdout).toContain(encryption === 'aes256' ? 'AES-256' : 'ZipCrypto');
    expect(stdout).toMatch(/Signature: \d+ files are as they were signed/);
    const startup = join(folder, 'kit', 'startup');
    const mode = (name: string) => statSync(join(startup, name)).mode & 0o777;
    expect([mode('start.sh'), mode('fed_server.json'), mode('server.key')]).toEqual([0o755, 0o644, 0o600]);
    expect(statSync(join(folder, 'kit', 'transfer')).isDirectory()).toBe(true);
    expect(readFileSync(join(startup, 'server.key'), 'utf8')).toContain('PRIVATE KEY');
  });

  test.each(['Kit7pin43', 'x', ''])('says that the PIN %j is wrong, and writes nothing', (pin) => {
    const { status, stderr, left } = unpack(kitOf(encryption), { pin });
    expect([status, stderr, left]).toEqual([1, expect.stringContaining('the PIN is wrong'), REFUSED]);
  });

  test.each<[string, string | RegExp, Falsified]>([
    ['leads out of the folder', 'unsafe name', { name: '../../../start.s' }],
    ['leads out in the middle', 'unsafe name', { name: 'startup/../a.../' }],
    ['is absolute', 'unsafe name', { name: '/tmp/evil/run.sh' }],
    ['names a drive', 'unsafe name', { name: 'C:/evil/start.sh' }],
    ['has backslashes', 'unsafe name', { name: String.raw`..\..\..\start.s` }],
    ['has an empty part', 'unsafe name', { name: 'startup//start.h' }],
    ['has a control character', 'unsafe name', { name: 'startup/start\n.h' }],
    ['has a zero byte', 'unsafe name', { name: 'startup/start\0.h' }],
    ['ends in a space', 'unsafe name', { name: 'startup/start.s ' }],
    ['is a device of Windows', 'unsafe name', { name: 'startup/NUL.json' }],
    ['is a symbolic link', 'no regular file', { mode: 0o120777 }],
    ['is a device', 'no regular file', { mode: 0o020666 }],
    ['is oversized', 'larger than a startup kit needs', { size: 0x7f_ff_ff_ff }],
    ['is larger than announced', /not as large as announced|damaged/, { size: 10 }],
    ['is not encrypted', 'not encrypted', { flags: 0 }],
  ])('is refused with a file that %s', (_what, expected, change) => {
    const { status, stderr, left } = unpack(falsify(kitOf(encryption), SCRIPT, change));
    expect([status, left]).toEqual([1, REFUSED]);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toContain('Traceback');
  });

  test.each(['startup/server.crt', 'startup/SERVER.crt'])('is refused when it holds %s twice', (name) => {
    const { status, stderr, left } = unpack(falsify(kitOf(encryption), 'startup/server.key', { name }));
    expect([status, stderr, left]).toEqual([1, expect.stringContaining('twice'), REFUSED]);
  });

  test('is refused once a file goes by another name: the signature tells', () => {
    const renamed = falsify(kitOf(encryption), SCRIPT, { name: 'startup/begin.sh' });
    const { status, stderr, left } = unpack(renamed);
    expect([status, left]).toEqual([1, REFUSED]);
    expect(stderr).toContain('begin.sh is not signed');
    expect(stderr).toContain('start.sh is missing');
  });

  test.each([
    ['cut off', (zip: Buffer) => zip.subarray(0, zip.length / 2)],
    ['cut off by a byte', (zip: Buffer) => zip.subarray(0, -1)],
    ['empty', () => Buffer.alloc(0)],
    ['no zip', () => Buffer.from('<html>')],
  ])('is refused when it is %s', (_what, damage) => {
    const { status, stderr, left } = unpack(damage(kitOf(encryption)));
    expect([status, left]).toEqual([1, REFUSED]);
    expect(stderr).toMatch(/^unpack_kit: kit\.zip was not opened: /);
  });

  test('never opens with a byte changed in the content of a file', () => {
    const zip = kitOf(encryption);
    const start = zip.indexOf('startup/server.key') + 100;
    const damaged = Buffer.from(zip);
    damaged.writeUInt8((damaged.readUInt8(start) ^ 1) & 0xff, start);
    const { status, stderr, left } = unpack(damaged);
    expect([status, left]).toEqual([1, REFUSED]);
    expect(stderr).toContain('damaged');
  });

  test('is not written over what is there', () => {
    const { folder } = unpack(kitOf(encryption));
    const kept = join(folder, 'kit', SCRIPT);
    writeFileSync(kept, 'mine');
    const { status, stderr } = unpack(kitOf(encryption), { words: ['--into', join(folder, 'kit')] });
    expect([status, stderr]).toEqual([1, expect.stringContaining('exists already')]);
    expect(readFileSync(kept, 'utf8')).toBe('mine');
  });

  test('is checked without writing, against the fingerprint that the dashboard shows', () => {
    const right = unpack(kitOf(encryption), { words: ['--check', '--root-sha256', fingerprint] });
    expect([right.stderr, right.status, right.left]).toEqual(['', 0, REFUSED]);
    const wrong = unpack(kitOf(encryption), { words: ['--check', '--root-sha256', 'ab'.repeat(32)] });
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('another root CA')]);
  });
});

test('takes no PIN from the command line, and says how without a terminal', () => {
  const { status, stderr } = spawnSync(
    join(newest, 'bin', 'python'),
    [join(backend.folder, 'unpack_kit.py'), 'kit.zip'],
    { cwd: backend.folder, input: '', encoding: 'utf8' },
  );
  expect([status, stderr]).toEqual([1, expect.stringContaining('--pin-file')]);
});

test('survives hundreds of damaged kits without a traceback or a file', () => {
  for (const encryption of ENCRYPTIONS) {
    writeFileSync(join(backend.folder, `${encryption}.zip`), kitOf(encryption));
    const { status, stdout, stderr } = spawnSync(
      join(newest, 'bin', 'python'),
      [
        'test/fixtures/damage_kit.py',
        join(backend.folder, 'unpack_kit.py'),
        join(backend.folder, `${encryption}.zip`),
        PIN,
      ],
      { encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^300 damaged kits, \d+ refused, the rest opened as they were made\n$/);
  }
  expect(existsSync(join(backend.folder, 'kit'))).toBe(false);
});

test('7-Zip opens AES-256 with its modes', () => {
  const folder = mkdtempSync(join(backend.folder, 'seven-'));
  writeFileSync(join(folder, 'kit.zip'), kitOf('aes256'));
  const { status } = spawnSync('7zz', ['x', 'kit.zip', '-okit'], { cwd: folder, input: `${PIN}\n` });
  expect(status).toBe(0);
  expect(statSync(join(folder, 'kit', SCRIPT)).mode & 0o777).toBe(0o755);
});
