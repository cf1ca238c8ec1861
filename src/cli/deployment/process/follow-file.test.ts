import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { followFile } from './follow-file.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'follow-file-'));
  path = join(folder, 'dashboard.log');
  writeFileSync(path, 'one\ntwo\n');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Follows the file, and does each step once its line has come. @returns all lines */
const follow = async (
  steps: Readonly<Record<string, () => void>>,
  last: string,
): Promise<readonly string[]> => {
  const over = new AbortController();
  const lines: string[] = [];
  for await (const { text } of followFile(path, { follow: true, signal: over.signal })) {
    lines.push(text);
    steps[text]?.();
    if (text === last) {
      over.abort();
    }
  }
  return lines;
};

describe('a followed log', () => {
  it('yields what is added', async () => {
    const add = (): void => {
      appendFileSync(path, 'three\n');
    };
    expect(await follow({ two: add }, 'three')).toEqual(['one', 'two', 'three']);
  });

  it('goes on in the next file after it was rotated', async () => {
    const rotate = (): void => {
      appendFileSync(path, 'last of the old\n');
      renameSync(path, `${path}.1`);
      writeFileSync(path, 'first of the new\n');
    };
    const more = (): void => {
      appendFileSync(path, 'second of the new\n');
    };
    expect(await follow({ two: rotate, 'first of the new': more }, 'second of the new')).toEqual([
      'one',
      'two',
      'last of the old',
      'first of the new',
      'second of the new',
    ]);
  });

  it('begins again when it was emptied in place', async () => {
    const empty = (): void => {
      truncateSync(path);
      appendFileSync(path, 'new\n');
    };
    expect(await follow({ two: empty }, 'new')).toEqual(['one', 'two', 'new']);
  });

  it('yields the last lines only with tail', async () => {
    const lines: string[] = [];
    for await (const { text } of followFile(path, { follow: false, tail: 1 })) {
      lines.push(text);
    }
    expect(lines).toEqual(['two']);
  });
});
