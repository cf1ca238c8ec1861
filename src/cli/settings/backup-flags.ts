import { isAbsolute, relative, resolve } from 'node:path';
import { z } from 'zod';
import { Duration } from '../../contract/duration.ts';
import { ENVIRONMENT } from '../../contract/environment.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';

/** The options on backups that the backend takes by itself. */
export const BackupFlags = z.object({
  backupEvery: z.string().optional(),
  backupKeep: z.string().optional(),
  backupFolder: z.string().min(1).optional(),
});

interface Place {
  /** What named the folder, for errors. */
  readonly option: '--backup-folder' | 'backup-folder';
  readonly cwd: string;
  /** The project's. */
  readonly folder: string;
  /** A container sees nothing but the project folder. */
  readonly local: boolean;
}

const folderFor = (given: string, { option, cwd, folder, local }: Place): string => {
  const path = resolve(cwd, given);
  const inside = relative(folder, path);
  const isInside = inside !== '' && inside !== '..' && !inside.startsWith('../') && !isAbsolute(inside);
  if (isInside) {
    return inside;
  }
  if (local && inside !== '') {
    return path;
  }
  throw CLI_ERRORS.usage({
    what: local
      ? `${option} ${given} is the project folder itself; name one in it or elsewhere.`
      : `${option} ${given} must lie in the project folder, the only one that the container sees.`,
  });
};

/**
 * Returns the backend's variables for the options.
 *
 * @throws CliError `usage`
 */
export const backupEnvironment = (
  { backupEvery, backupKeep, backupFolder }: z.infer<typeof BackupFlags>,
  place: Place,
): readonly (readonly [string, string])[] => {
  if (backupEvery !== undefined && !Duration.safeParse(backupEvery).success) {
    throw CLI_ERRORS.usage({ what: `--backup-every ${backupEvery} is not a duration such as 12h or 1d.` });
  }
  if (backupKeep !== undefined && !/^[1-9]\d{0,3}$/.test(backupKeep)) {
    throw CLI_ERRORS.usage({ what: `--backup-keep ${backupKeep} is not a number from 1 to 9999.` });
  }
  const given = [
    [ENVIRONMENT.backupEvery, backupEvery],
    [ENVIRONMENT.backupKeep, backupKeep],
    [ENVIRONMENT.backupFolder, backupFolder === undefined ? undefined : folderFor(backupFolder, place)],
  ] as const;
  return given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
};
