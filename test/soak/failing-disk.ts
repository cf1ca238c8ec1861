import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const BYTES = 16 * 1024 * 1024;

const run = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { stdio: 'pipe', encoding: 'utf8' });

/** An ext4 file system in a file, which becomes read-only while it is used, as a real one does on a disk that fails. */
export class FailingDisk {
  /** Where it is mounted. */
  readonly folder: string;
  readonly #place: string;
  readonly #image: string;

  /** @throws Error where this process cannot mount one */
  constructor() {
    this.#place = mkdtempSync(path.join(tmpdir(), 'failing-disk-'));
    this.#image = path.join(this.#place, 'image');
    this.folder = path.join(this.#place, 'folder');
    mkdirSync(this.folder);
    writeFileSync(this.#image, '');
    truncateSync(this.#image, BYTES);
    try {
      run('mkfs.ext4', '-q', '-F', this.#image);
      this.#mount();
    } catch (error) {
      rmSync(this.#place, { recursive: true, force: true });
      throw error;
    }
  }

  /** Why there can be none here; undefined when there can. */
  static whyNot(): string | undefined {
    if (process.platform !== 'linux') {
      return 'needs Linux';
    }
    if (process.getuid?.() !== 0) {
      return 'needs root, to mount a file system';
    }
    try {
      const disk = new FailingDisk();
      const canFail = existsSync(disk.#trigger());
      disk.remove();
      return canFail ? undefined : 'the kernel cannot let ext4 fail';
    } catch (error) {
      return `no ext4 in a file: ${String(error).split('\n', 1).join('')}`;
    }
  }

  /** Lets the kernel find an error: from now on it is read-only, also for files that are open, until it is repaired. */
  fail(): void {
    writeFileSync(this.#trigger(), '1');
  }

  /** Unmounts it, lets fsck look at it, and mounts it again; nobody may have a file of it open. */
  repair(): void {
    run('umount', this.folder);
    // 1: errors were found and corrected.
    const { status, stdout } = spawnSync('e2fsck', ['-p', '-f', this.#image], { encoding: 'utf8' });
    if (status === null || status > 1) {
      throw new Error(`e2fsck: ${stdout}`);
    }
    this.#mount();
  }

  /** Refuses every write to its files, also to open ones. */
  lock(): void {
    this.#change('+i');
  }

  /** Takes {@link lock} back. */
  unlock(): void {
    this.#change('-i');
  }

  remove(): void {
    spawnSync('umount', ['--lazy', this.folder]);
    rmSync(this.#place, { recursive: true, force: true });
  }

  #mount(): void {
    run('mount', '-o', 'loop,errors=remount-ro', this.#image, this.folder);
  }

  /** Not of the shared memory, which is never written to a disk in earnest: the kernel would kill its next user. */
  #change(flag: string): void {
    const files = readdirSync(this.folder).filter(
      (name) => name.startsWith('db.sqlite') && !name.endsWith('-shm'),
    );
    run('chattr', flag, ...files.map((name) => path.join(this.folder, name)));
  }

  #trigger(): string {
    const device = run('findmnt', '-n', '-o', 'SOURCE', this.folder).trim();
    return path.join('/sys/fs/ext4', path.basename(device), 'trigger_fs_error');
  }
}
