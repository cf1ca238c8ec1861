import { z } from 'zod';
import { ClientResponse } from '../../../contract/api/client.ts';
import type { Handler } from '../../handler.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { connect } from '../../remote/find-connection.ts';
import { decide } from '../../remote/participants.ts';

const Raw = z.object({
  organization: z.string().optional(),
  gpus: z.number().default(0),
  memory: z.number().default(0),
  relay: z.string().optional(),
  through: z.string().optional(),
  approve: z.boolean().optional(),
});

const ADDRESS = /^(?<host>[^:\s]+):(?<port>\d{1,5})$/;

/** @throws CliError `usage` for what is no HOST:PORT */
const listeningHost = (text: string) => {
  const { host, port } = ADDRESS.exec(text)?.groups ?? {};
  if (host === undefined) {
    throw CLI_ERRORS.usage({ what: `"${text}" is not HOST:PORT.`, command: 'sites add' });
  }
  return { default_host: host, port: Number(port) };
};

/** Type and properties of a relay, and of what stands below one. */
const placeOf = (relay: string | undefined, through: string | undefined) => {
  const props = {
    ...(relay === undefined ? {} : { listening_host: listeningHost(relay) }),
    ...(through === undefined ? {} : { connect_to: { name: through } }),
  };
  return {
    ...(relay === undefined ? {} : { type: 'relay' }),
    ...(Object.keys(props).length === 0 ? {} : { props }),
  };
};

/** `dashboard sites add` */
export const add: Handler = async (flags, [name = ''], { runtime, signal }) => {
  const { organization, gpus, memory, relay, through, approve = false } = Raw.parse(flags);
  const place = placeOf(relay, through);
  const capacity = {
    num_of_gpus: gpus,
    mem_per_gpu_in_GiB: memory,
  };
  const api = await connect(flags, runtime, signal);
  const { client: site } = await api.call(ClientResponse, {
    method: 'POST',
    path: '/clients',
    body: { name, capacity, ...place, ...(organization === undefined ? {} : { organization }) },
  });
  const decision = approve ? await decide(api, { decision: 'approve', sites: [site] }) : undefined;
  return {
    data: { state: 'added', site },
    lines: [`Added: ${site.name} of ${site.organization}.`, ...(decision?.lines ?? [])],
    ...(decision?.exitCode === undefined ? {} : { exitCode: decision.exitCode }),
  };
};
