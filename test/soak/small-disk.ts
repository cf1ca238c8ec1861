import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, rmdirSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const FILLER = 'filler';
const CHUNK = 4096;

const mount = (...args: readonly string[]): void => {
  execFileSync('mount', args, { stdio: 'pipe' });
};

/** A small file system in memory, which can be filled and made read-only. */
export class SmallDisk {
  readonly folder: string;

  /** @throws Error where this process may not mount */
  constructor(megabytes = 2) {
    this.folder = mkdtempSync(path.join(tmpdir(), 'small-disk-'));
    try {
      mount('-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', this.folder);
    } catch (error) {
      rmdirSync(this.folder);
      throw error;
    }
  }

  /** Why there can be none here; undefined when there can. */
  static whyNot(): string | undefined {
    if (process.platform !== 'linux') {
      return 'needs Linux';
    }
    return process.getuid?.() === 0 ? undefined : 'needs root, to mount a small file system';
  }

  /** Leaves no byte free. */
  fill(): void {
    const file = openSync(path.join(this.folder, FILLER), 'a');
    try {
      for (;;) {
        writeSync(file, Buffer.alloc(CHUNK));
      }
    } catch {
      // Full now.
    } finally {
      closeSync(file);
    }
  }

  /** True for a file with anything in it. */
  has(name: string): boolean {
    return (statSync(path.join(this.folder, name), { throwIfNoEntry: false })?.size ?? 0) > 0;
  }

  /** Gives back what {@link fill} took. */
  free(): void {
    rmSync(path.join(this.folder, FILLER), { force: true });
  }

  /** Only while nobody writes to it. */
  makeReadOnly(): void {
    mount('-o', 'remount,ro', this.folder);
  }

  makeWritable(): void {
    mount('-o', 'remount,rw', this.folder);
  }

  remove(): void {
    execFileSync('umount', ['--lazy', this.folder], { stdio: 'pipe' });
    rmdirSync(this.folder);
  }
}
