import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { freePort } from './ports.ts';

const PIN = 'Kit4Interop';
const ADMIN = 'admin@example.org';
const PASSWORD = 'long-Enough-4-interop';
const START_MS = 120_000;

const Token = z.object({
  access_token: z.string(),
  user: z.object({ id: z.number() }),
  must_change_password: z.boolean(),
});
const NewUser = z.object({ user: z.object({ id: z.number() }) });
const NewClient = z.object({ client: z.object({ id: z.number() }) });
const NewToken = z.object({ token: z.string() });
const Planned = z.object({ plan: z.object({ version: z.string() }) });
const PreparedRequest = z.object({ prepared: z.object({ request: z.string() }) });
const NewRequest = z.object({
  request: z.object({ id: z.string(), version: z.string(), package_command: z.string().optional() }),
});

export interface ProjectOptions {
  readonly target_release: string;
  readonly server_props: Readonly<Record<string, unknown>>;
  readonly [more: string]: unknown;
}

/** Our dashboard as a process on loopback, with one frozen project; gives out kits over its API. */
export class Dashboard {
  readonly #folder: string;
  readonly #base: string;
  readonly #child: ChildProcess;
  /** One log-in a person: each takes a quarter of a second of a core. */
  readonly #tokens = new Map<string, string>();
  #token = '';

  private constructor(folder: string, port: number, child: ChildProcess) {
    this.#folder = folder;
    this.#base = `http://127.0.0.1:${port}/api/v1`;
    this.#child = child;
  }

  /** Starts the built backend in a folder and freezes the project; ends in an error when it does not answer. */
  static async start(folder: string, project: ProjectOptions): Promise<Dashboard> {
    const port = await freePort();
    const root = join(folder, 'dashboard');
    mkdirSync(root, { recursive: true });
    const child = spawn(process.execPath, ['dist/backend/entry/main.js'], {
      stdio: ['ignore', openSync(join(folder, 'dashboard.log'), 'w'), 'inherit'],
      env: {
        PATH: process.env['PATH'],
        NVFL_WEB_ROOT: root,
        NVFL_WEB_PORT: String(port),
        NVFL_WEB_HOST: '127.0.0.1',
        NVFL_CREDENTIAL: `${ADMIN}:${PASSWORD}:Lab_1`,
      },
    });
    const dashboard = new Dashboard(folder, port, child);
    await dashboard.#responses(port);
    await dashboard.#actAsAdmin();
    await dashboard.#call('PATCH', '/project', {
      short_name: 'exam',
      title: 'Exam',
      public: true,
      server1: 'localhost',
      key_bits: 2048,
      ...project,
    });
    return dashboard;
  }

  /** The first project admin's e-mail address. */
  get admin(): string {
    return ADMIN;
  }

  async #responses(port: number): Promise<void> {
    const end = Date.now() + START_MS;
    for (;;) {
      const ok = await fetch(`http://127.0.0.1:${port}/health`).then(
        (response) => response.ok,
        () => false,
      );
      if (ok) {
        return;
      }
      if (Date.now() > end || this.#child.exitCode !== null) {
        throw new Error(
          `the dashboard does not answer: ${readFileSync(join(this.#folder, 'dashboard.log'), 'utf8').slice(-2000)}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async #raw(method: string, path: string, body: object): Promise<Response> {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }),
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    }
    return response;
  }

  async #call(method: string, path: string, body: object): Promise<unknown> {
    return (await this.#raw(method, path, body)).json();
  }

  async #logIn(email: string, password: string): Promise<z.infer<typeof Token>> {
    this.#token = '';
    const login = Token.parse(await this.#call('POST', '/login', { email, password }));
    this.#token = login.access_token;
    return login;
  }

  /** Goes on as somebody, with the session from before where there is one. */
  async #actAs(email: string, logIn: () => Promise<unknown>): Promise<void> {
    const token = this.#tokens.get(email);
    if (token !== undefined) {
      this.#token = token;
      return;
    }
    await logIn();
    this.#tokens.set(email, this.#token);
  }

  #actAsAdmin(): Promise<void> {
    return this.#actAs(ADMIN, () => this.#logInAsAdmin());
  }

  async #logInAsAdmin(): Promise<void> {
    const first = await this.#logIn(ADMIN, PASSWORD).catch(() => this.#logIn(ADMIN, `${PASSWORD}-2`));
    if (!first.must_change_password) {
      return;
    }
    await this.#call('PATCH', `/users/${first.user.id}`, {
      password: `${PASSWORD}-2`,
      current_password: PASSWORD,
    });
    await this.#logIn(ADMIN, `${PASSWORD}-2`);
  }

  /** Signs a user up and has the admin approve; gives the id. */
  async addUser(email: string, organization: string, role: string): Promise<number> {
    this.#token = '';
    const made = NewUser.parse(
      await this.#call('POST', '/users', { email, password: PASSWORD, name: 'X', organization, role }),
    );
    await this.#actAsAdmin();
    await this.#call('PATCH', `/users/${made.user.id}`, { approval_state: 100 });
    return made.user.id;
  }

  /** Registers a site as its organization's admin and has the project admin approve; gives the id. */
  async addSite(name: string, orgAdmin: string, organization: string, more: object = {}): Promise<number> {
    await this.#actAs(orgAdmin, () => this.#logIn(orgAdmin, PASSWORD));
    const made = NewClient.parse(await this.#call('POST', '/clients', { name, organization, ...more }));
    await this.#actAsAdmin();
    await this.#call('PATCH', `/clients/${made.client.id}`, { approval_state: 100 });
    return made.client.id;
  }

  /** Sets the properties of a site (`clients/3`) or a console user (`users/1`), as the project admin. */
  async setProps(of: string, props: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#call('PATCH', `/${of}`, { props });
  }

  /** Changes settings of the project, as the project admin. */
  async setProject(settings: object): Promise<void> {
    await this.#call('PATCH', '/project', settings);
  }

  /** Gives the project a root CA of its own, which the freeze takes. */
  async importRoot(certificate: string, key: string): Promise<void> {
    await this.#call('POST', '/ca/import', { certificate, key });
  }

  /** Has another CA sign the project's root CA. @param sign returns the certificate with its chain */
  async signRoot(sign: (request: string) => string): Promise<void> {
    const { prepared } = PreparedRequest.parse(await this.#call('POST', '/ca/request', {}));
    await this.#call('POST', '/ca/certificate', { certificate: sign(prepared.request) });
  }

  /** Renews the frozen project's root CA, for as many days from now. */
  async renewRoot(days: number): Promise<void> {
    const { plan } = Planned.parse(await this.#call('POST', '/ca/renewal/plan', { valid_days: days }));
    await this.#call('POST', '/ca/renewal', { valid_days: days, version: plan.version });
  }

  /** Freezes the project: its root CA exists from now on. */
  async freeze(): Promise<void> {
    await this.#call('PATCH', '/project', { frozen: true });
  }

  /**
   * Downloads a kit (`servers/1`, `clients/3`, `overseer`) and unzips it with its PIN; gives the folder that holds
   * startup/, which is one deeper in kits of 2.5 and earlier.
   */
  async kit(of: string, name: string): Promise<string> {
    const response = await this.#raw('POST', `/${of}/blob`, { pin: PIN });
    const file = join(this.#folder, `${name}.zip`);
    writeFileSync(file, Buffer.from(await response.arrayBuffer()));
    const kit = join(this.#folder, name);
    execFileSync('unzip', ['-qo', '-P', PIN, file, '-d', kit]);
    const [top = ''] = readdirSync(kit);
    return existsSync(join(kit, 'startup')) ? kit : join(kit, top);
  }

  /** Submits a request for a certificate, approves it and gives the signed zip and the line to copy. */
  async certify(
    request: Buffer,
    form: 'signed' | 'kit' = 'signed',
  ): Promise<{ readonly id: string; readonly zip: Buffer; readonly command: string }> {
    const submitted = NewRequest.parse(
      await this.#call('POST', '/requests', { request: request.toString('base64') }),
    ).request;
    const { id, version } = submitted;
    const approved = NewRequest.parse(
      await this.#call('POST', `/requests/${id}/approve`, { version }),
    ).request;
    return {
      id,
      zip: await this.#bytes(`/requests/${id}/${form}.zip`),
      command: approved.package_command ?? '',
    };
  }

  /** Fetches the signed zip of an approved request once more. */
  signedAgain(id: string): Promise<Buffer> {
    return this.#bytes(`/requests/${id}/signed.zip`);
  }

  /** Changes the servers of the frozen project. */
  async reissue(change: object): Promise<void> {
    const { plan } = Planned.parse(await this.#call('POST', '/reissue/plan', change));
    await this.#call('POST', '/reissue', { ...change, version: plan.version });
  }

  /** Denies a site and revokes its certificates. */
  async revoke(site: number): Promise<void> {
    await this.#call('POST', '/sessions/confirm', { password: `${PASSWORD}-2` });
    const body = { decision: 'deny', clients: [site], revoke: 'privilegeWithdrawn' };
    await this.#call('POST', '/approvals', body);
  }

  /** Address of the dashboard, without the API prefix. */
  get url(): string {
    return new URL(this.#base).origin;
  }

  /** Generates a token with which sites of an organization enrol, approved at once. */
  async enrolmentToken(organization: string, pattern: string, uses: number): Promise<string> {
    const body = { name: 'wards', organization, name_pattern: pattern, approval: 'at_once', uses };
    return NewToken.parse(await this.#call('POST', '/enrolment-tokens', body)).token;
  }

  async #bytes(path: string): Promise<Buffer> {
    const response = await fetch(`${this.#base}${path}`, {
      headers: { authorization: `Bearer ${this.#token}` },
    });
    if (!response.ok) {
      throw new Error(`GET ${path}: ${response.status}`);
    }
    return Buffer.from(await response.arrayBuffer());
  }

  /** Returns what the dashboard serves at an address below the API prefix, as text. */
  async text(path: string): Promise<string> {
    return (await this.#bytes(path)).toString('utf8');
  }

  /** Ends the backend. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) {
      return;
    }
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await ended;
  }
}
