import { runOutOfDisk } from './full-disk.ts';
import type { Reached, Row, Say } from './row.ts';
import { FailingDisk } from './failing-disk.ts';
import { runOnReadOnlyDisk } from './read-only-disk.ts';
import { SmallDisk } from './small-disk.ts';
import { startOnDamagedDatabase, startOnUnusableDisk } from './unusable-folder.ts';

const measure = async (say: Say): Promise<Reached> => {
  const reason = SmallDisk.whyNot();
  if (reason !== undefined) {
    return { figure: `not measured: ${reason}`, met: false, skipped: true };
  }
  const { wrong, refused, message } = await runOutOfDisk();
  const failing = FailingDisk.whyNot();
  const readOnly = failing === undefined ? await runOnReadOnlyDisk() : undefined;
  const all = [
    ...wrong,
    ...(readOnly?.wrong ?? []),
    ...(await startOnUnusableDisk()),
    ...(await startOnDamagedDatabase()),
  ];
  all.forEach(say);
  return {
    figure:
      `${refused} writes on the full disk refused with 503 (“${message}”), taken again without a restart; ` +
      `${readOnly === undefined ? `not made read-only meanwhile: ${failing}` : `${readOnly.refused} on a disk made read-only meanwhile (“${readOnly.message}”)`}; ` +
      `read-only, full and damaged at start: fatal line with advice; ${all.length} things wrong`,
    met: all.length === 0,
  };
};

/** Rows about a disk or database that cannot be used. */
export const DISK_ROWS: readonly Row[] = [
  {
    area: 'durability',
    promise:
      'disk full, read-only folder, unreadable database: a clear error, nothing half done, recovers without a restart',
    figure: 'each tried on a 2 MB tmpfs',
    shown: { name: 'disk', measure },
  },
];
