import { ProjectPatchResponse, ProjectResponse } from '../../../contract/api/project.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { Handler } from '../../handler.ts';
import { connect } from '../../remote/find-connection.ts';
import { isAttended } from '../../runtime.ts';

/** `dashboard project freeze`: asks first, for it cannot be undone. */
export const freezeProject: Handler = async (flags, _words, { runtime, signal }) => {
  const api = await connect(flags, runtime, signal);
  const { project } = await api.call(ProjectResponse, { path: '/project' });
  if (project.frozen) {
    return { data: { state: 'frozen' }, lines: ['The project is frozen already.'] };
  }
  if (flags['yes'] !== true) {
    if (!isAttended(runtime)) {
      throw CLI_ERRORS.inputMissing({
        what: 'Freezing cannot be undone, and there is no terminal to ask on.',
        advice: 'Add --yes.',
      });
    }
    const { askConfirmation } = await import('../../prompts/prompts.ts');
    const question = `Freeze ${project.short_name || 'the project'} with the server ${project.server1}, for good?`;
    if (!(await askConfirmation(runtime, question))) {
      return { data: { state: 'not frozen' }, lines: ['Nothing was changed.'] };
    }
  }
  await api.call(ProjectPatchResponse, { method: 'PATCH', path: '/project', body: { frozen: true } });
  return { data: { state: 'frozen' }, lines: ['The project is frozen: startup kits can be downloaded.'] };
};
