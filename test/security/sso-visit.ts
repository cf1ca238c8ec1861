import { z } from 'zod';
import { openDatabase } from '../../src/backend/store/open.ts';
import { updateProject } from '../../src/backend/store/project.ts';
import { updateUser } from '../../src/backend/store/users.ts';
import type { Backend } from '../api/backend.ts';
import type { FormBrowser, Reached } from '../support/form-browser.ts';

export const Started = z.object({ location: z.string() });

/** Begins a log-in. @returns where the browser goes */
export const start = async (browser: FormBrowser, backend: Backend, body: object = {}): Promise<string> => {
  const reply = await browser.call('POST', `${backend.url}/api/v1/login/sso`, body);
  return Started.parse(reply.json).location;
};

/** Logs in and consents at the provider. */
export const passProvider = async (
  browser: FormBrowser,
  location: string,
  person: string,
  stop = '',
): Promise<Reached> => {
  const logIn = await browser.visit(location);
  const consent = await browser.submit(logIn, { prompt: 'login', login: person, password: 'x' }, stop);
  return consent.text.includes('value="consent"')
    ? browser.submit(consent, { prompt: 'consent' }, stop)
    : consent;
};

/** Where the provider sent the browser back to, and how it ended. */
export const outcome = ({ url }: Reached): string => `${url.pathname}?${url.searchParams.get('sso') ?? ''}`;

/** Demands a second factor. Set in the database, since an admin without one could not take the rule back. */
export const demand = async ({ database }: Backend, second_factor: string): Promise<void> => {
  const db = await openDatabase(database);
  await db.write((trx) => updateProject(trx, { second_factor }));
  await db.close();
};

/** Takes the password from an account, as one has none that was created at the provider. */
export const withoutPassword = async ({ database }: Backend, id: number): Promise<void> => {
  const db = await openDatabase(database);
  await db.write((trx) => updateUser(trx, id, { password_hash: '' }));
  await db.close();
};
