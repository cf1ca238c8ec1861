import { z } from 'zod';
import { ADMIN, NEW_PASSWORD } from './dashboard.ts';

export const PASSWORD = 'quiet-Harbour-1234';
export const SHORT_NAME = 'Lung study';

const Json = z.record(z.string(), z.unknown());
const Token = z.object({ access_token: z.string() });
const Rows = z.array(z.object({ id: z.number(), version: z.string() }));
const Waiting = z.object({ users: Rows, clients: Rows });
const Me = z.object({ user: z.object({ id: z.number() }) });

type Ask = (method: string, path: string, body?: unknown) => Promise<z.infer<typeof Json>>;

const asking =
  (url: string, token = ''): Ask =>
  async (method, path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const content: unknown = await response.json();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(content)}`);
    }
    return Json.parse(content);
  };

const loggedIn = async (url: string, email: string, password: string): Promise<Ask> => {
  const response = await asking(url)('POST', '/login', { email, password });
  return asking(url, Token.parse(response).access_token);
};

/** Keeps a language with somebody's account, which outlives log-ins in browsers that speak another. */
export const chooseLanguage = async (
  url: string,
  { email, password }: { readonly email: string; readonly password: string },
  language: 'en' | 'de',
): Promise<void> => {
  const own = await loggedIn(url, email, password);
  const { id } = Me.parse(await own('GET', '/me')).user;
  await own('PATCH', `/users/${id}`, { language });
};

/** Somebody to sign up. */
export interface Person {
  readonly email: string;
  readonly organization: string;
  readonly role: 'member' | 'lead' | 'org_admin';
  readonly sites?: readonly string[];
}

/** Describes what tests need to have happened before a person opens the page; done through the API. */
export interface Study {
  readonly admin: Ask;
  readonly signUp: (person: Person) => Promise<void>;
  readonly approveAll: () => Promise<void>;
  readonly denyAll: (reason: string) => Promise<void>;
  readonly freeze: () => Promise<void>;
}

/** The first admin chooses the own password ({@link NEW_PASSWORD}); the project gets its names and is public. */
export const prepareStudy = async (
  url: string,
  project: Readonly<Record<string, unknown>> = {},
): Promise<Study> => {
  const first = await loggedIn(url, ADMIN.email, ADMIN.password);
  const { id } = Me.parse(await first('GET', '/me')).user;
  await first('PATCH', `/users/${id}`, { password: NEW_PASSWORD, current_password: ADMIN.password });
  const admin = await loggedIn(url, ADMIN.email, NEW_PASSWORD);
  await admin('PATCH', `/users/${id}`, { organization: 'Coordination' });
  await admin('PATCH', '/project', {
    short_name: SHORT_NAME,
    title: 'Lung nodules across hospitals',
    server1: 'localhost',
    // The backend generates dozens of keys ahead, and those of 3072 bits take several times as long.
    key_bits: 2048,
    public: true,
    ...project,
  });
  const decide = async (decision: 'approve' | 'deny', reason?: string) => {
    const { users, clients } = Waiting.parse(await admin('GET', '/inbox'));
    await admin('POST', '/approvals', {
      decision,
      ...(reason === undefined ? {} : { reason }),
      users,
      clients,
    });
  };
  return {
    admin,
    signUp: async ({ email, organization, role, sites = [] }) => {
      await asking(url)('POST', '/users', {
        email,
        name: email.split('@')[0],
        password: PASSWORD,
        organization,
        role,
        ...(role === 'org_admin' ? { sites: sites.map((name) => ({ name })) } : {}),
      });
    },
    approveAll: () => decide('approve'),
    denyAll: (reason) => decide('deny', reason),
    freeze: async () => {
      await admin('PATCH', '/project', { frozen: true });
    },
  };
};
