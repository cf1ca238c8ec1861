import { z } from 'zod';
import type { Api } from './api.ts';

export const PIN = 'Kit7pin42';
export const SITE = 'hospital-1';
const SITE_ADMIN = 'site.admin@hospital.example.org';
const SITE_PASSWORD = 'Violet-Harbour-19';

const Id = z.object({ id: z.number().int() });
const UserResponse = z.object({ user: Id });
const ClientResponse = z.object({ client: Id });

/** A kit as it was downloaded. */
export interface Kit {
  readonly kind: 'server' | 'client' | 'console';
  readonly zip: Buffer;
}

/** Sets and freezes the project; a site's administrator signs up, registers a site; both are approved. */
export const setUpProject = async (
  anyone: Api,
  admin: Api,
  certificate?: string,
): Promise<{ readonly siteAdmin: Api; readonly userId: number; readonly clientId: number }> => {
  await admin.must('PATCH', '/project', {
    short_name: 'e2e',
    title: 'End to end',
    server1: 'fl-server.example.org',
    key_bits: 2048,
    public: true,
  });
  await admin.must('PATCH', '/project', { frozen: true });
  const user = await anyone.must('POST', '/users', {
    name: 'Site Admin',
    email: SITE_ADMIN,
    password: SITE_PASSWORD,
    organization: 'hospital',
    role: 'org_admin',
  });
  const userId = UserResponse.parse(user.json).user.id;
  await admin.must('PATCH', `/users/${userId}`, { approval_state: 100 });
  const siteAdmin = await anyone.logIn(SITE_ADMIN, SITE_PASSWORD, certificate);
  const client = await siteAdmin.must('POST', '/clients', {
    name: SITE,
    organization: 'hospital',
    capacity: { num_of_gpus: 1, mem_per_gpu_in_GiB: 8 },
  });
  const clientId = ClientResponse.parse(client.json).client.id;
  await admin.must('PATCH', `/clients/${clientId}`, { approval_state: 100 });
  return { siteAdmin, userId, clientId };
};

/** Downloads the three kits. */
export const downloadKits = async (
  admin: Api,
  siteAdmin: Api,
  ids: { readonly userId: number; readonly clientId: number },
): Promise<readonly Kit[]> => {
  const pin = { pin: PIN };
  const [server, client, person] = [
    await admin.must('POST', '/servers/1/blob', pin),
    await siteAdmin.must('POST', `/clients/${ids.clientId}/blob`, pin),
    await siteAdmin.must('POST', `/users/${ids.userId}/blob`, pin),
  ];
  return [
    { kind: 'server', zip: server.body },
    { kind: 'client', zip: client.body },
    { kind: 'console', zip: person.body },
  ];
};
