import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { ClientResponse } from '../../../contract/api/client.ts';
import { OrganizationResponse, type OrganizationView } from '../../../contract/api/organization.ts';
import { ProjectPatchResponse, ProjectResponse } from '../../../contract/api/project.ts';
import { UserResponse } from '../../../contract/api/user.ts';
import type { Handler } from '../../handler.ts';
import type { ApiClient } from '../../remote/api-client.ts';
import { connect } from '../../remote/find-connection.ts';
import { readLogo, storeLogo } from '../../remote/logo.ts';
import { decide, findAll, listSites, listUsers, type Seen } from '../../remote/participants.ts';
import { listOrganizations, organizationPath, readOrganization } from '../../remote/organizations.ts';
import { REMOTE_ERRORS } from '../../remote/remote-errors.ts';
import { requireNewFile, writeNewFile } from '../../remote/write-new-file.ts';
import { generatePassword } from '../../settings/make-password.ts';
import { planSteps, type Step } from './plan.ts';
import { readProjectFile, type ProjectFile, type State } from './project-file.ts';

const Raw = z.object({ check: z.boolean().optional(), passwords: z.string().optional() });

const EXIT_CHANGES = 2;
const DECISIONS = { approved: 'approve', pending: 'pending', denied: 'deny' } as const satisfies Record<
  State,
  string
>;

const describedIn = async (
  api: ApiClient,
  { organizations = [] }: ProjectFile,
): Promise<readonly OrganizationView[]> => {
  if (organizations.length === 0) {
    return [];
  }
  const there = new Set((await listOrganizations(api)).map(({ name }) => name));
  return Promise.all(
    organizations.filter(({ name }) => there.has(name)).map(({ name }) => readOrganization(api, name)),
  );
};

const present = async (api: ApiClient, file: ProjectFile) => ({
  project: (await api.call(ProjectResponse, { path: '/project' })).project,
  users: await listUsers(api),
  sites: await listSites(api),
  organizations: await describedIn(api, file),
});

interface Applying {
  readonly api: ApiClient;
  readonly newPassword: () => string;
  /** Versions that earlier steps gave to users and sites, by kind and id: what is approved is what they made. */
  readonly versions: Map<string, string | undefined>;
}

/** Takes one step. @returns the password of a new user */
const take = async (step: Step, { api, newPassword, versions }: Applying): Promise<string | undefined> => {
  switch (step.kind) {
    case 'set':
      await api.call(ProjectPatchResponse, { method: 'PATCH', path: '/project', body: step.patch });
      return undefined;
    case 'set logo':
      await storeLogo(api, step.logo);
      return undefined;
    case 'freeze':
      await api.call(ProjectPatchResponse, { method: 'PATCH', path: '/project', body: { frozen: true } });
      return undefined;
    case 'add organization':
      await api.call(OrganizationResponse, {
        method: 'POST',
        path: '/organizations',
        body: step.organization,
      });
      return undefined;
    case 'change organization':
      await api.call(OrganizationResponse, {
        method: 'PATCH',
        path: organizationPath(step.name),
        body: step.patch,
      });
      return undefined;
    case 'add user': {
      const password = newPassword();
      const body = { ...step.user, state: undefined, password };
      const { user } = await api.call(UserResponse, { method: 'POST', path: '/users', body });
      versions.set(`user ${user.id}`, user.version);
      return password;
    }
    case 'change user': {
      const request = { method: 'PATCH', path: `/users/${step.id}`, body: step.patch } as const;
      versions.set(`user ${step.id}`, (await api.call(UserResponse, request)).user.version);
      return undefined;
    }
    case 'add site': {
      const body = { ...step.site, state: undefined };
      const { client } = await api.call(ClientResponse, { method: 'POST', path: '/clients', body });
      versions.set(`site ${client.id}`, client.version);
      return undefined;
    }
    case 'change site': {
      const request = { method: 'PATCH', path: `/clients/${step.id}`, body: step.patch } as const;
      versions.set(`site ${step.id}`, (await api.call(ClientResponse, request)).client.version);
      return undefined;
    }
    case 'decide user':
    case 'decide site': {
      const isUser = step.kind === 'decide user';
      const [found] = isUser
        ? findAll(await listUsers(api), [step.name], 'user')
        : findAll(await listSites(api), [step.name], 'site');
      const versionOf = (id: number) => versions.get(`${isUser ? 'user' : 'site'} ${id}`) ?? step.version;
      const seen: readonly Seen[] =
        found === undefined ? [] : [{ id: found.id, version: versionOf(found.id) }];
      const { exitCode, lines } = await decide(api, {
        decision: DECISIONS[step.state],
        ...(isUser ? { users: seen } : { sites: seen }),
      });
      if (exitCode !== undefined) {
        throw REMOTE_ERRORS.refused({
          message: lines.join('; '),
          advice: 'Correct the file and apply it again.',
        });
      }
      return undefined;
    }
  }
};

/** `dashboard apply`: says what differs, then changes it; a second time it finds nothing to do. */
export const apply: Handler = async (flags, [name = ''], { runtime, signal, output }) => {
  const { check = false, passwords } = Raw.parse(flags);
  const path = resolve(runtime.cwd, name);
  const file = await readProjectFile(path);
  const named = file.project?.logo;
  const logo = named === undefined ? undefined : await readLogo(named, dirname(path));
  const passwordFile = passwords === undefined ? undefined : resolve(runtime.cwd, passwords);
  if (passwordFile !== undefined && !check) {
    requireNewFile(passwordFile);
  }
  const api = await connect(flags, runtime, signal);
  const steps = planSteps(file, await present(api, file), logo);
  const changes = steps.map(({ text }) => text);
  if (steps.length === 0) {
    return {
      data: { state: 'unchanged', changes },
      lines: ['Nothing to do: the project is as the file says.'],
    };
  }
  if (check) {
    return {
      data: { state: 'differs', changes },
      lines: changes.map((text) => `Would ${text}`),
      exitCode: EXIT_CHANGES,
    };
  }
  const generated = new Map<string, string>();
  const applying = { api, newPassword: () => generatePassword(runtime.randomInt), versions: new Map() };
  const lines = () => [...generated].map(([email, password]) => `${email} ${password}`);
  try {
    for (const step of steps) {
      output.step(step.text);
      const password = await take(step, applying);
      if (password !== undefined && step.kind === 'add user') {
        generated.set(step.user.email, password);
      }
    }
  } catch (error) {
    // The users that were added are there to stay, and nobody else knows their passwords.
    if (passwordFile === undefined) {
      for (const line of lines()) {
        output.warn(`Password of ${line}`);
      }
    }
    throw error;
  } finally {
    if (passwordFile !== undefined && generated.size > 0) {
      await writeNewFile(passwordFile, `${lines().join('\n')}\n`);
    }
  }
  return {
    data: {
      state: 'applied',
      changes,
      ...(passwordFile === undefined ? { passwords: Object.fromEntries(generated) } : {}),
    },
    lines: [
      ...changes.map((text) => `Done: ${text}`),
      ...(generated.size === 0
        ? []
        : passwordFile === undefined
          ? [
              'Passwords, not shown again, to be changed at the first log-in:',
              ...lines().map((line) => `  ${line}`),
            ]
          : [`The passwords of new users are in ${passwordFile}.`]),
    ],
  };
};
