import { ProjectResponse } from '../../../contract/api/project.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { Handler } from '../../handler.ts';
import { connect } from '../../remote/find-connection.ts';

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** `dashboard project get` */
export const getProject: Handler = async (flags, words, { runtime, signal }) => {
  const api = await connect(flags, runtime, signal);
  const { project } = await api.call(ProjectResponse, { path: '/project' });
  const settings = new Map<string, unknown>(Object.entries(project));
  const unknown = words.filter((word) => !settings.has(word));
  if (unknown.length > 0) {
    throw CLI_ERRORS.usage({
      what: `There is no setting ${unknown.join(', ')}; there are ${[...settings.keys()].join(', ')}.`,
      command: 'project get',
    });
  }
  const chosen = [...settings].filter(([name]) => words.length === 0 || words.includes(name));
  const [only] = chosen;
  return {
    data: { project: Object.fromEntries(chosen) },
    lines:
      words.length === 1 && only !== undefined
        ? [shown(only[1])]
        : chosen.map(([name, value]) => `${name}: ${shown(value)}`),
  };
};
