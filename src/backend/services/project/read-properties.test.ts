import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
    expect(await readProperties(folder, '2.9')).toEqual({ source: '', properties: {}, problems: [] });
  });

  it('is read as YAML, and an empty section counts as none', async () => {
    await put('properties.yml', 'project:\n  scheme: tcp\nserver:\n  fed_learn_port: 9002\nclient:\n');
    expect(await readProperties(folder, '2.9')).toEqual({
      source: 'properties.yml',
      properties: { project: { scheme: 'tcp' }, server: { fed_learn_port: 9002 } },
      problems: [],
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
    });
  });

  it.each([
    ['unclosed YAML', 'properties.yml', 'server: [1, 2'],
    ['unclosed JSON', 'properties.json', '{"server": '],
    ['a bare text', 'properties.yml', 'text'],
    ['an alias', 'properties.yml', 'a: &a {x: 1}\nserver: *a'],
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
  ])('tells the place of the mistake in %s, and quotes nothing of it: %j', async (name, text, told) => {
    await put(name, text);
    const { problems } = await readProperties(folder, '2.9');
    expect(problems).toEqual([{ path: '', message: expect.stringContaining(told) }]);
    expect(JSON.stringify(problems)).toContain('line ');
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it('is wrong, not missing, where it cannot be read', async () => {
    await mkdir(path.join(folder, 'properties.yml'));
    expect(await readProperties(folder, '2.9')).toEqual({
      source: 'properties.yml',
      properties: {},
      problems: [{ path: '', message: 'cannot be read: EISDIR' }],
    });
  });

  it('names the section that does not belong there, and the one that is no object', async () => {
    await put('properties.yml', 'servers:\n  x: 1\nclient: yes please\n');
    const { problems } = await readProperties(folder, '2.9');
    expect(JSON.stringify(problems)).toContain('servers');
    expect(problems.map((problem) => problem.path)).toContain('client');
  });
});
