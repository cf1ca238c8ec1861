import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { inspectFolder } from './inspect-folder.ts';

let scratch: string;
const at = (name: string): string => join(scratch, name);

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'inspect-folder-'));
  writeFileSync(at('file'), '');
  mkdirSync(at('database-folder/db.sqlite'), { recursive: true });
  mkdirSync(at('database-link'));
  symlinkSync('nowhere', at('database-link/db.sqlite'));
  symlinkSync('nowhere', at('dangling'));
  symlinkSync('circle', at('circle'));
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe('a project folder', () => {
  it.each([
    ['that does not exist', 'none', 'folder_missing', /does not exist\.\nMake it \(mkdir -p .*none\)/],
    ['that is a file', 'file', 'folder_not_folder', /is not a folder/],
    [
      'below a file',
      'file/project',
      'folder_impossible',
      /a part of its path is not a folder\.\nName another/,
    ],
    [
      'that is a link to nothing',
      'dangling',
      'folder_missing',
      /is a link to .*nowhere, which does not exist\.\nMake that folder \(mkdir -p .*nowhere\)/,
    ],
    ['that is a link to itself', 'circle', 'folder_impossible', /too many symbolic links\.\nName another/],
    [
      'with a name that is too long',
      'x'.repeat(300),
      'folder_impossible',
      /its name is too long\.\nName another/,
    ],
    [
      'whose database is a folder',
      'database-folder',
      'folder_not_writable',
      /db\.sqlite cannot hold .*: it is not a file\.\nMove it/,
    ],
    [
      'whose database is a link to nothing',
      'database-link',
      'folder_not_writable',
      /db\.sqlite cannot hold .*: it is a link to a file that does not exist\.\nMove it/,
    ],
  ])('%s is refused with what can be done', async (_case, name, code, text) => {
    const error: unknown = await inspectFolder(at(name), undefined).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code });
    const { message, advice } = z.object({ message: z.string(), advice: z.string() }).parse(error);
    expect(`${message}\n${advice}`).toMatch(text);
  });
});
