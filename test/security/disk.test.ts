import { describe, expect, it } from '@jest/globals';
import { runOutOfDisk } from '../soak/full-disk.ts';
import { FailingDisk } from '../soak/failing-disk.ts';
import { runOnReadOnlyDisk } from '../soak/read-only-disk.ts';
import { SmallDisk } from '../soak/small-disk.ts';
import { startOnDamagedDatabase, startOnUnusableDisk } from '../soak/unusable-folder.ts';

const reason = SmallDisk.whyNot();
if (reason !== undefined) {
  process.stdout.write(`Small file systems are skipped: ${reason}.\n`);
}
const itOnDisk = reason === undefined ? it : it.skip;

const failing = FailingDisk.whyNot();
if (failing !== undefined) {
  process.stdout.write(`Disks that fail are skipped: ${failing}.\n`);
}
const itOnFailingDisk = failing === undefined ? it : it.skip;

describe('the backend', () => {
  itOnDisk(
    'refuses writes on a full disk with 503, keeps none of them, and takes them again without a restart',
    async () => {
      const { wrong, refused, message } = await runOutOfDisk();
      process.stdout.write(`full disk: ${refused} writes refused, ${wrong.length} things wrong\n`);
      expect(wrong).toEqual([]);
      expect(message).toBe('The disk is full; nothing was changed.');
    },
    90_000,
  );

  itOnFailingDisk(
    'refuses writes on a disk that becomes read-only with 503, reads on, and keeps what it acknowledged',
    async () => {
      const { wrong, refused, message } = await runOnReadOnlyDisk();
      process.stdout.write(`read-only disk: ${refused} writes refused, ${wrong.length} things wrong\n`);
      expect(wrong).toEqual([]);
      expect(message).toBe('The project folder cannot be written; nothing was changed.');
    },
    90_000,
  );

  itOnDisk(
    'ends with advice on a read-only or full folder, and starts once it is usable',
    async () => {
      expect(await startOnUnusableDisk()).toEqual([]);
    },
    90_000,
  );

  it('ends with advice on a damaged database and leaves it as it is', async () => {
    expect(await startOnDamagedDatabase()).toEqual([]);
  }, 180_000);
});
