import { z } from 'zod';

/** Whoever sends a request; `stranger` has no token, `unfinished` has chosen neither role nor organization. */
export const REQUESTERS = [
  'stranger',
  'admin',
  'creator',
  'colleague',
  'otherSiteAdmin',
  'pending',
  'unfinished',
] as const;
export type Requester = (typeof REQUESTERS)[number];

const PASSWORD = 'amber-Lantern-37';
export const FIRST_ADMIN = {
  email: 'admin@example.org',
  password: 'correct-horse-battery',
  organization: 'nvidia',
};

/** In the order of their IDs, which start at 1 with the first admin in both dashboards. */
const PEOPLE = [
  { who: 'creator', id: 2, role: 'org_admin', organization: 'Clinic', state: 100 },
  { who: 'colleague', id: 3, role: 'member', organization: 'Clinic', state: 100 },
  { who: 'otherSiteAdmin', id: 4, role: 'org_admin', organization: 'Lab', state: 100 },
  { who: 'pending', id: 5, role: 'lead', organization: 'Clinic', state: 0 },
  { who: 'unfinished', id: 6, role: '', organization: '', state: 0 },
  { who: 'denied', id: 7, role: 'member', organization: 'Lab', state: -1 },
] as const;

export const emailOf = (who: string): string => `${who.toLowerCase()}@example.org`;

const Login = z.object({ access_token: z.string() });
const Answered = z.record(z.string(), z.unknown());
const Status = z.object({ status: z.string() });

/** Status code and the body's `status`, undefined where the body has none. */
export interface Answer {
  readonly code: number;
  readonly status: string | undefined;
}

export interface StudyRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  /** Content type of the body, JSON unless given. */
  readonly type?: string;
}

/** One dashboard's API with the study's people logged in. */
export class Study {
  readonly #api: string;
  readonly #tokens = new Map<string, string>();

  private constructor(api: string) {
    this.#api = api;
  }

  /**
   * Signs the people up, decides on them, registers two sites of the creator (1 approved, 2 pending) and freezes.
   *
   * @param api address of the API of a dashboard whose only user is the first admin
   */
  static async create(api: string): Promise<Study> {
    const study = new Study(api);
    await study.#logIn('admin', FIRST_ADMIN.email, FIRST_ADMIN.password);
    await study.#must('admin', 'PATCH', '/project', {
      public: true,
      short_name: 'Same',
      server1: 'fl.example.org',
    });
    for (const { who, role, organization } of PEOPLE) {
      const person = { email: emailOf(who), password: PASSWORD, name: who, role, organization };
      await study.#must('stranger', 'POST', '/users', person);
    }
    for (const { id, state } of PEOPLE) {
      if (state !== 0) {
        await study.#must('admin', 'PATCH', `/users/${id}`, { approval_state: state });
      }
    }
    for (const { who, state } of PEOPLE) {
      if (state >= 0) {
        await study.#logIn(who, emailOf(who));
      }
    }
    for (const name of ['clinic-1', 'clinic-2']) {
      const capacity = { num_of_gpus: 1, mem_per_gpu_in_GiB: 8 };
      await study.#must('creator', 'POST', '/clients', { name, organization: 'Clinic', capacity });
    }
    await study.#must('admin', 'PATCH', '/clients/1', { approval_state: 100 });
    await study.#must('admin', 'PATCH', '/project', { frozen: true });
    return study;
  }

  async #logIn(who: string, email: string, password = PASSWORD): Promise<void> {
    const response = await this.#fetch('stranger', 'POST', '/login', JSON.stringify({ email, password }));
    this.#tokens.set(who, Login.parse(await response.json()).access_token);
  }

  #fetch(who: string, method: string, path: string, body?: string, type?: string): Promise<Response> {
    const token = this.#tokens.get(who);
    return fetch(`${this.#api}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    });
  }

  async #must(who: string, method: string, path: string, body: object): Promise<void> {
    const response = await this.#fetch(who, method, path, JSON.stringify(body));
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    }
  }

  /** Sends a request with a body as text, and reads what came back. */
  async send(who: Requester, { method, path, body, type }: StudyRequest): Promise<Answer> {
    const response = await this.#fetch(who, method, path, body, type);
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
    const parsed = Status.safeParse(isJson ? JSON.parse(text) : undefined);
    return { code: response.status, status: parsed.data?.status };
  }

  /** Reads the object below a key of the answer to the admin. */
  async read(path: string, key: string): Promise<Readonly<Record<string, unknown>>> {
    const response = await this.#fetch('admin', 'GET', path);
    return z.record(z.string(), z.unknown()).parse(Answered.parse(await response.json())[key]);
  }
}
