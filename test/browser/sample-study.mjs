// A study with people and sites to look at, made through the API of a fresh backend.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../bin/prepare.js';

const ADMIN = 'admin@example.org';
const FIRST_PASSWORD = 'first-Lantern-4711';
const PASSWORD = 'second-Lantern-4711';
const OTHERS_PASSWORD = 'quiet-Harbour-1234';
const APPROVED = ['Clinic_North', 'Clinic_South', 'University_Hospital'];
const WAITING = ['Institute_West', 'Rural_Clinics'];

/**
 * Starts the built backend in a fresh folder on a free port; gives its URL and how to stop it.
 *
 * @param prepare what to put into the folder before
 */
export const startBackend = async (prepare = async () => undefined) => {
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-pictures-'));
  await prepare(folder);
  const backend = spawn(process.execPath, [join(root, 'dist/backend/entry/main.js')], {
    env: {
      PATH: process.env.PATH,
      NVFL_WEB_ROOT: folder,
      NVFL_WEB_HOST: '127.0.0.1',
      NVFL_WEB_PORT: '0',
      NVFL_CREDENTIAL: `${ADMIN}:${FIRST_PASSWORD}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => backend.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: backend.stdout }).on('line', (line) => {
      const found = /"url":"([^"]+)"/.exec(line)?.[1];
      if (found) {
        resolve(found);
      }
    });
    void ended.then(() => reject(new Error('the backend ended before it was ready')));
  });
  const stop = async () => {
    backend.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, stop };
};

const caller = (url) => {
  let token = '';
  const request = async (method, path, body, token) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const content = await response.json();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(content)}`);
    }
    return content;
  };
  const call = (method, path, body) => request(method, path, body, token);
  const stranger = (method, path, body) => request(method, path, body, '');
  const logIn = async (password) => {
    token = (await call('POST', '/login', { email: ADMIN, password })).access_token;
  };
  return { call, stranger, logIn };
};

const slugOf = (organization) => organization.toLowerCase().replaceAll('_', '-');

/** As a stranger: a password that somebody else chose would have to be changed first. */
const signUp = (call, organization) => {
  const slug = slugOf(organization);
  return call('POST', '/users', {
    email: `anna@${slug}.org`,
    name: 'Anna Harbour',
    password: OTHERS_PASSWORD,
    organization,
    role: 'org_admin',
    sites: [1, 2].map((number) => ({
      name: `${slug}-${number}`,
      capacity: { num_of_gpus: 2 * number, mem_per_gpu_in_GiB: 24 },
    })),
  });
};

/** Chooses the first admin's own password; gives the admin's calls. */
export const settleIn = async (url) => {
  const { call, stranger, logIn } = caller(url);
  await logIn(FIRST_PASSWORD);
  const { user } = await call('GET', '/me');
  await call('PATCH', `/users/${user.id}`, { password: PASSWORD, current_password: FIRST_PASSWORD });
  await logIn(PASSWORD);
  return { email: ADMIN, user, call, stranger };
};

/** Fills the study: approved people and sites, some that wait; gives who the admin is, the admin's calls, and how to freeze. */
export const fillStudy = async (url) => {
  const { user, call, stranger } = await settleIn(url);
  await call('PATCH', '/project', {
    short_name: 'Lung study',
    title: 'Lung nodules across hospitals',
    description: 'Detection of lung nodules, learned where the pictures are.',
    server1: 'fl.example.org',
    public: true,
  });
  for (const organization of APPROVED) {
    await signUp(stranger, organization);
  }
  const { users, clients } = await call('GET', '/inbox');
  await call('POST', '/approvals', {
    decision: 'approve',
    users: users.map(({ id, version }) => ({ id, version })),
    clients: clients.map(({ id, version }) => ({ id, version })),
  });
  for (const organization of WAITING) {
    await signUp(stranger, organization);
  }
  return {
    email: ADMIN,
    approved: `anna@${slugOf(APPROVED[0])}.org`,
    waiting: `anna@${slugOf(WAITING[0])}.org`,
    call,
    /** Keeps a language with the admin's account, which a log-in does not change. */
    speak: (language) => call('PATCH', `/users/${user.id}`, { language }),
    freeze: () => call('PATCH', '/project', { frozen: true }),
  };
};

/** Logs the study's admin, or somebody who signed up, in on the page, English or German. */
export const logInOnPage = async (page, email) => {
  await page.goto('/');
  await page.getByLabel('E-mail').fill(email);
  await page
    .getByLabel(/^Passwor[dt]/)
    .and(page.locator('input'))
    .fill(email === ADMIN ? PASSWORD : OTHERS_PASSWORD);
  await page.locator('form button[type=submit]').click();
  await page.getByRole('button', { name: /Log out|Abmelden/ }).waitFor();
};
