import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readProperties } from './read-properties.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'properties-'));
});
afterEach(() => rm(folder, { recursive: true }));

const put = (name: string, text: string) => writeFile(path.join(folder, name), text);

describe('the properties file of the project folder', () => {
  it('may be missing', async () => {
    expect(await readProperties(folder, '2.9')).toEqual({
      source: '',
      properties: {},
      problems: [],
      warnings: [],
    });
  });

  it('is read as YAML, and an empty section counts as none', async () => {
    await put('properties.yml', 'project:\n  scheme: tcp\nserver:\n  fed_learn_port: 9002\nclient:\n');
    expect(await readProperties(folder, '2.9')).toEqual({
      source: 'properties.yml',
      properties: { project: { scheme: 'tcp' }, server: { fed_learn_port: 9002 } },
      problems: [],
      warnings: [],
    });
  });

  it('names files that are not read beside it, or under another name', async () => {
    await put('properties.yaml', 'client:\n  use_aio: true\n');
    expect(await readProperties(folder, '2.9')).toEqual({
      source: 'properties.yaml',
      properties: {},
      problems: [],
      warnings: [{ path: 'properties.yaml', message: 'is not read; rename it to properties.yml' }],
    });
    await put('properties.json', '{"client": {"use_aio": false}}');
    await put('properties.yml', 'client:\n  use_aio: true\n');
    expect(await readProperties(folder, '2.9')).toMatchObject({
      source: 'properties.yml',
      properties: { client: { use_aio: true } },
      warnings: [
        { path: 'properties.json', message: 'is not read beside properties.yml' },
        { path: 'properties.yaml', message: 'is not read beside properties.yml' },
      ],
    });
  });

  it('is read as JSON where there is no YAML file', async () => {
    await put('properties.json', '{"admin": {"connection_security": "tls"}}');
    expect((await readProperties(folder, '2.9')).properties).toEqual({
      admin: { connection_security: 'tls' },
    });
    await put('properties.yml', '');
    expect(await readProperties(folder, '2.9')).toEqual({
      source: 'properties.yml',
      properties: {},
      problems: [],
      warnings: [{ path: 'properties.json', message: 'is not read beside properties.yml' }],
    });
  });

  it.each([
    ['unclosed YAML', 'properties.yml', 'server: [1, 2'],
    ['unclosed JSON', 'properties.json', '{"server": '],
    ['a bare text', 'properties.yml', 'text'],
    ['an alias without anchor', 'properties.yml', 'server: *a'],
    ['a value that contains itself', 'properties.yml', 'server: &a {x: *a}'],
    ['a tag of Python', 'properties.yml', 'server: !!python/object:os.system x'],
    ['a merge of a list', 'properties.yml', 'server:\n  <<: [1]'],
    ['an alias in JSON', 'properties.json', '{"server": *a}'],
    ['too large', 'properties.yml', `server:\n  x: ${'y'.repeat(70_000)}`],
  ])('is refused with the reason when it is broken: %s', async (_why, name, text) => {
    await put(name, text);
    const { problems, properties } = await readProperties(folder, '2.9');
    expect(problems.length).toBeGreaterThan(0);
    expect(properties).toEqual({});
  });

  it.each([
    [
      'properties.json',
      '{"server": {\n  "admin_port": hunter2 }}',
      "Unexpected token 'h' at line 2, column 17",
    ],
    ['properties.json', '{"a": "hunter2",\n}', 'Expected double-quoted property name at line 2, column 1'],
    ['properties.json', '{"a": "hunter2",\n', 'Expected double-quoted property name at line 2, column 1'],
    ['properties.json', '{"a": "hunter2", "b":', 'Unexpected end of JSON input at line 1, column 22'],
    ['properties.yml', 'server:\n  a: b: hunter2', 'Nested mappings'],
    ['properties.yml', 'server:\n\ta: hunter2', 'Tabs are not allowed as indentation at line 2, column 1'],
  ])('tells the place of the mistake in %s, and quotes nothing of it: %j', async (name, text, expected) => {
    await put(name, text);
    const { problems } = await readProperties(folder, '2.9');
    expect(problems).toEqual([{ path: '', message: expect.stringContaining(expected) }]);
    expect(JSON.stringify(problems)).toContain('line ');
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it('is read as YAML 1.1, with anchors, aliases and merge keys', async () => {
    const text = [
      'x-common: &common {allow_log_streaming: no, allow_error_sending: Off}',
      'client: {<<: *common, use_aio: on}',
      'project:',
      '  <<: *common',
      '  allow_error_sending: YES',
      '',
    ].join('\r\n');
    await put('properties.yml', `\ufeff${text}`);
    expect(await readProperties(folder, '2.9')).toEqual({
      source: 'properties.yml',
      properties: {
        client: { allow_log_streaming: false, allow_error_sending: false, use_aio: true },
        project: { allow_log_streaming: false, allow_error_sending: true },
      },
      problems: [],
      warnings: [],
    });
  });

  it('is refused quickly where its aliases would fill the memory', async () => {
    const levels = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
    const line = (name: string, index: number) =>
      `${name}: &${name} [${Array(9)
        .fill(index === 0 ? 'x' : `*${levels[index - 1] ?? ''}`)
        .join(', ')}]`;
    await put('properties.yml', levels.map(line).join('\n'));
    expect((await readProperties(folder, '2.9')).problems).toEqual([
      { path: '', message: expect.stringContaining('aliases') },
    ]);
  });

  it.each([
    ['several documents', 'server: {}\n---\nclient: {}', 'several documents; the second begins at line'],
    ['a key that stands twice', 'server: {}\nserver: {}', 'for the second time at line 2'],
    ['an alias without anchor', 'server: *a', 'no anchor before it at line 1, column 9'],
  ])('says in plain words what is wrong with %s', async (_what, text, expected) => {
    await put('properties.yml', text);
    expect((await readProperties(folder, '2.9')).problems).toEqual([
      { path: '', message: expect.stringContaining(expected) },
    ]);
  });

  it.each([
    ['ISO 8859-1', Buffer.from('# Universität\nserver: {}', 'latin1')],
    ['UTF-16', Buffer.from('\ufeffserver: {}', 'utf16le')],
    ['UTF-16 without a byte order mark', Buffer.from('server: {}', 'utf16le')],
  ])('is refused, not repaired, in %s', async (_encoding, bytes) => {
    await writeFile(path.join(folder, 'properties.yml'), bytes);
    const { problems, properties } = await readProperties(folder, '2.9');
    expect(problems).toEqual([{ path: '', message: expect.stringContaining('not UTF-8') }]);
    expect(properties).toEqual({});
  });

  it('names keys that have no effect, and takes the others', async () => {
    await put('properties.yml', 'server: {conect_to: x, scheme: tcp, fed_learn_port: 9002}\n');
    expect(await readProperties(folder, '2.9')).toMatchObject({
      properties: { server: { fed_learn_port: 9002 } },
      problems: [],
      warnings: [{ path: 'server.conect_to' }, { path: 'server.scheme' }],
    });
  });

  it.each([
    ['a folder', (file: string) => mkdir(file), 'it is a folder'],
    [
      'a link to nothing',
      (file: string) => symlink('nowhere.yml', file),
      'it is a link to a file that is not there',
    ],
    ['a link to itself', (file: string) => symlink('properties.yml', file), 'it is a link to itself'],
  ])('is wrong, not missing, where it is %s', async (_what, make, reason) => {
    await make(path.join(folder, 'properties.yml'));
    expect(await readProperties(folder, '2.9')).toEqual({
      source: 'properties.yml',
      properties: {},
      problems: [{ path: '', message: `cannot be read: ${reason}` }],
      warnings: [],
    });
  });

  it('names the section that does not belong there, and the one that is no object', async () => {
    await put('properties.yml', 'servers:\n  x: 1\nclient: yes please\n');
    const { problems } = await readProperties(folder, '2.9');
    expect(problems.map((problem) => problem.path).sort()).toEqual(['client', 'servers']);
  });
});
