import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The files of an unzipped kit. */
export interface KitFiles {
  readonly names: readonly string[];
  readonly text: (name: string) => string;
  readonly json: (name: string) => unknown;
}

/** Unzips a kit of 2.6 or later. */
export const unzipKit = (zip: Buffer, pin: string): KitFiles => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kit-files-'));
  try {
    writeFileSync(path.join(folder, 'kit.zip'), zip);
    execFileSync('unzip', ['-qq', '-P', pin, 'kit.zip', '-d', 'kit'], { cwd: folder, stdio: 'ignore' });
    const kit = path.join(folder, 'kit');
    const files = readdirSync(kit, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const contents = new Map(
      files.map((entry) => {
        const file = path.join(entry.parentPath, entry.name);
        return [path.relative(kit, file), readFileSync(file, 'utf8')];
      }),
    );
    const text = (name: string): string => contents.get(name) ?? '';
    return { names: [...contents.keys()], text, json: (name): unknown => JSON.parse(text(name)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
