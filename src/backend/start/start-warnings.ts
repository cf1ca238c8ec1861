import type { ServerLog } from '../context/context.ts';
import { readProperties } from '../services/project/read-properties.ts';
import { releaseOf } from '../services/project/project-fields.ts';

const MAX_PROBLEMS = 20;
const MAX = 200;

const short = (text: string): string => (text.length > MAX ? `${text.slice(0, MAX)}…` : text);

/**
 * Logs, one line each, what is wrong in the project folder and does not keep the backend from starting.
 *
 * @param release of the project, as stored
 * @returns how many lines
 */
export const warnAtStart = async (folder: string, release: string, log: ServerLog): Promise<number> => {
  const { source, problems } = await readProperties(folder, releaseOf(release));
  const [first, ...others] = problems.map(({ path, message }) => short(`${path} ${message}`.trim()));
  if (first === undefined) return 0;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  log.warn(
    {
      code: 'properties_wrong',
      problems: [first, ...others].slice(0, MAX_PROBLEMS),
      advice: 'Correct the file: until then no startup kits are made. It needs no restart.',
    },
    `${source} in the project folder is wrong: ${first}${more}.`,
  );
  return 1;
};
