import { expect } from '@jest/globals';
import { z } from 'zod';
import { RequestView } from '../../src/contract/api/requests.ts';
import type { Requested } from '../support/certificate-request.ts';
import { startBackend, type Ask, type Backend, type Reply } from './backend.ts';

export const PROJECT = 'demo';
export const SERVER = 'server.example.org';
const Site = z.object({ client: z.object({ id: z.number() }) });
export const One = z.object({ request: RequestView.extend({ certificate: z.string().optional() }) });

export let backend: Backend;
export let orgAdmin: Ask & { id: number };
export let lead: Ask & { id: number };
export let count = 0;

/** Starts a backend with a frozen project. @param more settings of the project */
export const startStudy = async (more: object = {}, now = () => new Date()): Promise<void> => {
  backend = await startBackend({ passphrase: 'a long passphrase', now });
  orgAdmin = await backend.user('orgadmin@example.org', 'org_admin', 'hospital', 100);
  lead = await backend.user('lead@example.org', 'lead', 'hospital', 100);
  const project = {
    short_name: PROJECT,
    server1: SERVER,
    server_props: { host_names: ['fl.example.org'] },
    key_bits: 2048,
    ...more,
    frozen: true,
  };
  expect((await backend.admin('PATCH', '/project', project)).status).toBe(200);
};

export const stopStudy = (): Promise<void> => backend.close();

export const newSite = async (): Promise<Requested & { readonly id: number }> => {
  count += 1;
  const name = `site-${count}`;
  const { id } = Site.parse((await orgAdmin('POST', '/clients', { name })).json).client;
  expect((await backend.admin('PATCH', `/clients/${id}`, { approval_state: 100 })).status).toBe(200);
  return { id, project: PROJECT, name, org: 'hospital', kind: 'site', certType: 'client' };
};

export const submit = (ask: Ask, request: string, more: object = {}): Promise<Reply> =>
  ask('POST', '/requests', { request, ...more });

export const submitted = async (ask: Ask, request: string): Promise<RequestView> => {
  const response = await submit(ask, request);
  expect([response.status, response.json['message']]).toEqual([201, undefined]);
  return One.parse(response.json).request;
};

export const approve = (request: RequestView, ask: Ask = backend.admin): Promise<Reply> =>
  ask('POST', `/requests/${request.id}/approve`, { version: request.version });

export const approved = async (request: RequestView): Promise<RequestView> => {
  const response = await approve(request);
  expect([response.status, response.json['message']]).toEqual([200, undefined]);
  return One.parse(response.json).request;
};
