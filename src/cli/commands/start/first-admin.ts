import { ENVIRONMENT, SECRET_FILES } from '../../../contract/environment.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { CommandContext } from '../../handler.ts';
import { isAttended } from '../../runtime.ts';
import { parseCredential, type Credential } from '../../settings/credential.ts';
import { generatePassword } from '../../settings/make-password.ts';
import type { StartSettings } from '../../settings/start-settings.ts';

/** `npm start` without a terminal works without any option. */
const CHECKOUT_ADMIN = 'admin@dashboard.local';

/**
 * Asks a person for the first project admin and makes a password.
 *
 * @throws CliError `credential_missing` without a terminal
 */
const askForCredential = async (
  settings: StartSettings,
  { runtime, output }: CommandContext,
): Promise<Credential> => {
  if (!isAttended(runtime)) {
    throw CLI_ERRORS.credentialMissing({ folder: settings.folder });
  }
  output.step('This is the first start of this project. Who is its project admin?');
  const { askAdmin } = await import('../../prompts/prompts.ts');
  const { email, organization } = await askAdmin(runtime);
  return { email, organization, password: generatePassword(runtime.randomInt), generated: true };
};

/**
 * The first project admin: --cred, --env, this host's environment, a person, in this order. A person is asked at the
 * first start only; the backend ignores what it does not need.
 *
 * @throws CliError `credential_invalid`, `credential_missing`
 */
export const findCredential = async (
  settings: StartSettings,
  firstStart: boolean,
  context: CommandContext,
): Promise<Credential | undefined> => {
  const { runtime } = context;
  const sources: readonly (readonly [string, string | undefined])[] = [
    [settings.credentialSource, settings.credential],
    [`--env ${ENVIRONMENT.credential}`, settings.environment.get(ENVIRONMENT.credential)],
    [ENVIRONMENT.credential, runtime.environment[ENVIRONMENT.credential]],
    ['npm start', runtime.checkout && !isAttended(runtime) ? CHECKOUT_ADMIN : undefined],
  ];
  for (const [source, text] of sources) {
    if (text === undefined || text === '') {
      continue;
    }
    const credential = parseCredential(text, source, runtime.randomInt);
    // A password that is made for a project which has its admin would be shown and mean nothing.
    if (firstStart || !credential.generated) {
      return credential;
    }
  }
  return firstStart ? askForCredential(settings, context) : undefined;
};

/** True when the project's database is the file in its folder. */
export const usesOwnDatabase = ({ environment }: StartSettings): boolean =>
  ![ENVIRONMENT.databaseUrl, ...SECRET_FILES.databaseUrl].some((name) => environment.has(name));
