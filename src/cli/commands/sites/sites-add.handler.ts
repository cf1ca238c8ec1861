import { z } from 'zod';
import { ClientResponse } from '../../../contract/api/client.ts';
import type { Handler } from '../../handler.ts';
import { connect } from '../../remote/find-connection.ts';
import { decide } from '../../remote/participants.ts';

const Raw = z.object({
  organization: z.string().optional(),
  gpus: z.number().default(0),
  memory: z.number().default(0),
  approve: z.boolean().optional(),
});

/** `dashboard sites add` */
export const add: Handler = async (flags, [name = ''], { runtime, signal }) => {
  const { organization, gpus, memory, approve = false } = Raw.parse(flags);
  const capacity = {
    num_of_gpus: gpus,
    mem_per_gpu_in_GiB: memory,
  };
  const api = await connect(flags, runtime, signal);
  const { client: site } = await api.call(ClientResponse, {
    method: 'POST',
    path: '/clients',
    body: { name, capacity, ...(organization === undefined ? {} : { organization }) },
  });
  const decision = approve ? await decide(api, { decision: 'approve', sites: [site] }) : undefined;
  return {
    data: { state: 'added', site },
    lines: [`Added: ${site.name} of ${site.organization}.`, ...(decision?.lines ?? [])],
    ...(decision?.exitCode === undefined ? {} : { exitCode: decision.exitCode }),
  };
};
