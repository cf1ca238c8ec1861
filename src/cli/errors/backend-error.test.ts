import { describe, expect, it } from '@jest/globals';
import { BACKEND_EXIT } from '../../contract/environment.ts';
import { backendError } from './backend-error.ts';

const end = { exitCode: 0, lastLines: [], port: 8443, folder: '/srv/project' };
const fatal = (code: string): string =>
  JSON.stringify({ level: 60, code, msg: 'It went wrong.', advice: 'Mend it.' });

describe('the error for a backend that ended while starting', () => {
  it('comes from the exit code', () => {
    expect(backendError({ ...end, exitCode: BACKEND_EXIT.passphraseWrong }).code).toBe('passphrase_wrong');
  });

  it('comes from the last fatal line where a restart has cleared the exit code', () => {
    const lastLines = [fatal('portTaken'), fatal('passphraseWrong'), '{"level":30,"msg":"listening"}'];
    expect(backendError({ ...end, lastLines }).code).toBe('passphrase_wrong');
  });

  it('quotes what the backend said, and its advice, where the command has no words of its own', () => {
    const cliError = backendError({ ...end, exitCode: BACKEND_EXIT.failed, lastLines: [fatal('failed')] });
    expect([cliError.code, cliError.message]).toEqual([
      'backend_failed',
      'The dashboard did not start: It went wrong.',
    ]);
    expect(cliError.advice).toBe('Mend it.');
  });

  it('names the exit code where nothing was said', () => {
    expect(backendError({ ...end, exitCode: 139, lastLines: ['Segmentation cliError'] }).message).toBe(
      'The dashboard did not start: it ended with exit code 139.',
    );
  });
});
