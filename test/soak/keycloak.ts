import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { Agent, fetch } from 'undici';
import { freePort } from '../support/free-port.ts';
import { makeProviderPair } from '../support/identity-provider.ts';
import { until } from '../support/until.ts';

const VERSION = '26.4.0';
const ARCHIVE = `keycloak-quarkus-dist-${VERSION}.tar.gz`;
const START_MS = 300_000;
export const REALM = 'clinic';
export const CLIENT = { id: 'dashboard', secret: 'only-for-this-soak-0123456789' } as const;
export const PASSWORD = 'Amber-Lantern-3';

/** A running Keycloak with one realm. */
export interface Keycloak {
  readonly issuer: string;
  /** PEM of its certificate. */
  readonly ca: string;
  readonly stop: () => Promise<void>;
}

/** Why it cannot run here; undefined when it can. */
export const whyNoKeycloak = async (): Promise<string | undefined> => {
  const { failed } = await execa('java', ['-version'], { reject: false });
  return failed ? 'no Java (apt-get install default-jre-headless)' : undefined;
};

/** The distribution in a folder, from Maven Central unless it is there. @returns path of the archive */
const fetchArchive = async (folder: string): Promise<string> => {
  const archive = join(folder, ARCHIVE);
  if (!existsSync(archive)) {
    await mkdir(folder, { recursive: true });
    const artifact = `-Dartifact=org.keycloak:keycloak-quarkus-dist:${VERSION}:tar.gz`;
    await execa('mvn', ['-q', '-B', 'dependency:copy', artifact, `-DoutputDirectory=${folder}`]);
  }
  return archive;
};

const person = (username: string, realmRoles: readonly string[]) => ({
  username,
  enabled: true,
  email: `${username}@example.org`,
  emailVerified: true,
  firstName: username,
  lastName: 'Example',
  credentials: [{ type: 'password', value: PASSWORD, temporary: false }],
  realmRoles,
});

const mapper = (name: string, protocolMapper: string, config: Readonly<Record<string, string>>) => ({
  name,
  protocol: 'openid-connect',
  protocolMapper,
  config: { 'claim.name': name, 'jsonType.label': 'String', 'id.token.claim': 'true', ...config },
});

const realm = (dashboards: readonly string[]) => ({
  realm: REALM,
  enabled: true,
  roles: { realm: [{ name: 'fl-lead' }] },
  users: [person('ann', ['fl-lead']), person('bob', [])],
  clients: [
    {
      clientId: CLIENT.id,
      secret: CLIENT.secret,
      enabled: true,
      protocol: 'openid-connect',
      publicClient: false,
      standardFlowEnabled: true,
      redirectUris: dashboards.map((url) => `${url}/api/v1/login/sso/callback`),
      attributes: { 'post.logout.redirect.uris': dashboards.map((url) => `${url}/`).join('##') },
      protocolMappers: [
        mapper('roles', 'oidc-usermodel-realm-role-mapper', { multivalued: 'true' }),
        mapper('org', 'oidc-hardcoded-claim-mapper', { 'claim.value': 'clinic' }),
      ],
    },
  ],
});

/**
 * Unpacks and starts Keycloak; `KEYCLOAK_FOLDER` keeps the archive from one run to the next.
 *
 * @param dashboards where the client may come from, without a slash at the end
 */
export const startKeycloak = async (dashboards: readonly string[]): Promise<Keycloak> => {
  const folder = await mkdtemp(join(tmpdir(), 'soak-keycloak-'));
  const archive = await fetchArchive(process.env['KEYCLOAK_FOLDER'] ?? folder);
  await execa('tar', ['-xzf', archive, '-C', folder, '--strip-components=1']);
  await mkdir(join(folder, 'data', 'import'), { recursive: true });
  await writeFile(join(folder, 'data', 'import', 'realm.json'), JSON.stringify(realm(dashboards)));
  const pair = makeProviderPair();
  const [port, plainPort] = [await freePort(), await freePort()];
  const issuer = `https://127.0.0.1:${port}/realms/${REALM}`;
  const server = spawn(
    join(folder, 'bin', 'kc.sh'),
    [
      ...['start-dev', '--import-realm', `--https-port=${port}`, `--http-port=${plainPort}`],
      ...[`--https-certificate-file=${pair.file}`, `--hostname=https://127.0.0.1:${port}`],
      `--https-certificate-key-file=${pair.file.replace(/crt$/, 'key')}`,
    ],
    { stdio: 'ignore', detached: true, env: { ...process.env, JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx512m' } },
  );
  const ended = once(server, 'exit');
  const agent = new Agent({ connect: { ca: pair.cert } });
  const address = `${issuer}/.well-known/openid-configuration`;
  const stop = async (): Promise<void> => {
    if (server.exitCode === null && server.pid !== undefined) {
      // The script starts Java as a process of the same group.
      process.kill(-server.pid, 'SIGTERM');
      await ended;
    }
    await agent.close();
    pair.remove();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await until(
      () =>
        fetch(address, { dispatcher: agent }).then(
          ({ ok }) => ok,
          () => false,
        ),
      START_MS,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { issuer, ca: pair.cert, stop };
};
