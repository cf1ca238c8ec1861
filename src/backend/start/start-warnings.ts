import type { FieldProblem } from '../../contract/errors.ts';
import type { TargetRelease } from '../../contract/releases.ts';
import type { ServerLog } from '../context/context.ts';
import { originOf, releaseOf } from '../services/project/project-fields.ts';
import { readProperties } from '../services/project/read-properties.ts';
import type { Reader } from '../store/database.ts';
import type { ProjectRow } from '../store/schema.ts';
import { remainingDuplicates } from '../store/unique-rows.ts';

const MAX_PROBLEMS = 20;
const MAX = 200;

const short = (text: string): string => (text.length > MAX ? `${text.slice(0, MAX)}…` : text);

/** Releases whose tables are alike, by the one that is assumed. */
const ALIKE: Readonly<Partial<Record<TargetRelease, string>>> = {
  '2.9': '2.8 or 2.9',
  '2.7': '2.6 or 2.7',
  '2.6': '2.6 or 2.7',
  '2.5': '2.2 to 2.5',
};

/** @returns how many lines: a release that was found leaves nothing to do, an assumed one does */
const nameRelease = (project: ProjectRow, log: ServerLog): number => {
  const release = releaseOf(project.target_release);
  switch (originOf(project.target_release_origin)) {
    case 'chosen':
      return 0;
    case 'detected':
      log.info({ release }, `The project was made for NVFLARE ${release}; its kits are for that release.`);
      return 0;
    case 'assumed':
      log.warn(
        {
          code: 'release_assumed',
          release,
          advice: 'Set the target release of the project to confirm or change it.',
        },
        `The project was made for NVFLARE ${ALIKE[release] ?? release}; kits are made for ${release}.`,
      );
      return 1;
  }
};

interface FileLine {
  readonly code: string;
  readonly advice: string;
  /** Text about the file, before the first of its problems. */
  readonly text: string;
}

/** @returns how many lines: none without problems */
const nameProblems = (problems: readonly FieldProblem[], line: FileLine, log: ServerLog): number => {
  const [first, ...others] = problems.map(({ path, message }) => short(`${path} ${message}`.trim()));
  if (first === undefined) {
    return 0;
  }
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const named = [first, ...others].slice(0, MAX_PROBLEMS);
  log.warn({ code: line.code, problems: named, advice: line.advice }, `${line.text}: ${first}${more}.`);
  return 1;
};

/** @returns how many lines */
const nameDuplicates = async (db: Reader, log: ServerLog): Promise<number> => {
  const duplicates = await remainingDuplicates(db);
  for (const { kind, name, ids } of duplicates) {
    const what = kind === 'user' ? 'users have the e-mail address' : 'sites have the name';
    log.warn(
      { code: 'duplicate', kind, ids, advice: 'Delete those that nobody uses.' },
      short(`${ids.length} ${what} ${name}: IDs ${ids.join(', ')}.`),
    );
  }
  return duplicates.length;
};

/**
 * Logs, one line each, what is wrong in the project folder and does not keep the backend from starting.
 *
 * @returns how many lines
 */
export const warnAtStart = async (
  folder: string,
  db: Reader,
  project: ProjectRow,
  log: ServerLog,
): Promise<number> => {
  const named = nameRelease(project, log) + (await nameDuplicates(db, log));
  const { source, problems, warnings } = await readProperties(folder, releaseOf(project.target_release));
  const wrong = {
    code: 'properties_wrong',
    advice: 'Correct the file: until then no startup kits are made. It needs no restart.',
    text: `${source} in the project folder is wrong`,
  };
  const idle = {
    code: 'properties_without_effect',
    advice: 'Correct or remove these settings. It needs no restart.',
    text: `${source} in the project folder holds settings without effect`,
  };
  return named + nameProblems(problems, wrong, log) + nameProblems(warnings, idle, log);
};
