import { define } from '../errors/cli-error.ts';
import { EXIT } from '../exit-codes.ts';

/** Errors of the commands that work through the API. */
export const REMOTE_ERRORS = {
  urlInvalid: define<{ url: string; reason: string }>('url_invalid', EXIT.usage, ({ url, reason }) => ({
    what: `${url} cannot be used as the dashboard's address: ${reason}.`,
    advice: 'Give --url https://HOST[:PORT], or set NVFL_URL.',
  })),
  loginMissing: define<{ url: string }>('login_missing', EXIT.usage, ({ url }) => ({
    what: `There is no access token for ${url}.`,
    advice: 'Run `dashboard login`, or set NVFL_TOKEN_FILE to a file that holds a token.',
  })),
  unreachable: define<{ url: string; reason: string }>('unreachable', EXIT.failed, ({ url, reason }) => ({
    what: `${url} could not be reached: ${reason}.`,
    advice: 'Check the address and the network; for a private CA, name its certificate with --ca FILE.',
  })),
  loginsUnusable: define<{ path: string; reason: string }>(
    'logins_unusable',
    EXIT.failed,
    ({ path, reason }) => ({
      what: `The stored access tokens in ${path} cannot be used: ${reason}.`,
      advice: 'Correct or delete the file, then run `dashboard login` again.',
    }),
  ),
  refused: define<{ message: string; advice: string }>('api_refused', EXIT.failed, ({ message, advice }) => ({
    what: `The dashboard refused: ${message}.`,
    advice,
  })),
  notFound: define<{ what: string; advice: string }>('not_found', EXIT.failed, (text) => text),
  projectFileInvalid: define<{ path: string; problems: readonly string[] }>(
    'project_file_invalid',
    EXIT.usage,
    ({ path, problems }) => ({
      what: `${path} cannot be applied: ${problems.join('; ')}.`,
      advice: 'Correct the file; `dashboard export` shows the form.',
    }),
  ),
} as const;
