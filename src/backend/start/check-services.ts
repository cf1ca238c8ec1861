import { ENVIRONMENT } from '../../contract/environment.ts';
import type { ServiceFinding } from '../../contract/service-finding.ts';
import { StartError } from '../context/start-error.ts';
import { checkMailServer } from '../mail/check-mail-server.ts';
import { checkProvider } from '../sso/check-provider.ts';
import { startEnvironment } from './kept-environment.ts';
import { readMailConfig } from './read-mail-config.ts';
import { readOidc } from './read-oidc.ts';
import { readSecretFile } from './secret-files.ts';

type Get = (name: string) => string | undefined;

const checkMail = async (get: Get): Promise<readonly ServiceFinding[]> => {
  const config = readMailConfig({
    url: get(ENVIRONMENT.smtpUrl),
    password:
      get(ENVIRONMENT.smtpUrl) === undefined
        ? undefined
        : (readSecretFile('smtpPassword', get) ?? get(ENVIRONMENT.smtpPassword)),
    from: get(ENVIRONMENT.mailFrom),
    caFile: get(ENVIRONMENT.smtpCaFile),
    publicUrl: get(ENVIRONMENT.publicUrl),
  });
  return config === undefined ? [] : [await checkMailServer(config)];
};

const checkSso = async (get: Get): Promise<readonly ServiceFinding[]> => {
  const settings = readOidc(get);
  return settings === undefined ? [] : checkProvider(settings, get(ENVIRONMENT.publicUrl), () => new Date());
};

/** Settings that cannot be used are a finding like any other. */
const explained = (
  check: ServiceFinding['check'],
  work: Promise<readonly ServiceFinding[]>,
): Promise<readonly ServiceFinding[]> =>
  work.catch((error: unknown) => {
    if (!(error instanceof StartError)) {
      throw error;
    }
    return [{ check, level: 'fail', text: error.message, fix: error.advice }];
  });

/**
 * Looks at the mail server and the OpenID provider with the settings of a dashboard; nothing where none are set.
 *
 * @param folder of the project, whose kept variables count as well
 */
export const checkServices = async (
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
): Promise<readonly ServiceFinding[]> => {
  const { environment: kept } = await startEnvironment(folder, {});
  const merged: Readonly<Record<string, string | undefined>> = { ...environment, ...kept };
  const get: Get = (name) => (merged[name] === '' ? undefined : merged[name]);
  const found = await Promise.all([
    explained('mail server', checkMail(get)),
    explained('identity provider', checkSso(get)),
  ]);
  return found.flat();
};
