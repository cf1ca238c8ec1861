import type { KitParticipant, KitProject } from '../../src/contract/kit.ts';

/** A project as kits are made from it. */
export const kitProject: KitProject = {
  shortName: 'EXAM',
  targetRelease: '2.9',
  haMode: false,
  server1: 'server.example.org',
  server2: 'second.example.org',
  overseer: 'overseer.example.org',
  appLocation: 'docker pull nvflare/nvflare:2.9',
  organization: 'Lab_1',
  projectProps: {},
  serverProps: {},
  fileProps: {},
  requireSignedJobs: undefined,
  jemalloc: false,
  authIdentityMap: {},
  studies: undefined,
  peers: [],
};

/** A site in it. */
export const kitSite = {
  kind: 'client',
  name: 'site-1',
  organization: 'Hospital_1',
  capacity: { num_of_gpus: 0, mem_per_gpu_in_GiB: 0 },
  props: {},
} as const satisfies KitParticipant;

/** A person in it. */
export const kitPerson = {
  kind: 'admin',
  email: 'lead@example.org',
  organization: 'Lab_1',
  role: 'lead',
  props: {},
} as const satisfies KitParticipant;
