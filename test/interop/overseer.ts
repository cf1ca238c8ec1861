import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const ServiceProvider = z.object({
  sp_end_point: z.string().optional(),
  state: z.string().optional(),
  primary: z.boolean().optional(),
});

const Heartbeat = z.object({ primary_sp: ServiceProvider, sp_list: z.array(ServiceProvider) });

/** Describes what an overseer knows of the servers: places as "name:fl_port:admin_port". */
export interface OverseerState {
  /** Place of the server in charge; undefined while there is none. */
  readonly primary: string | undefined;
  readonly online: readonly string[];
}

const post = async (kit: string, host: string, port: number, body: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const file = (name: string): Buffer => readFileSync(join(kit, 'startup', name));
    const asking = request(
      {
        host,
        port,
        path: '/api/v1/heartbeat',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        ca: file('rootCA.pem'),
        cert: file('client.crt'),
        key: file('client.key'),
      },
      (response) => {
        text(response).then(resolve, reject);
      },
    );
    asking.on('error', reject);
    asking.end(body);
  });

/**
 * Asks the overseer as a console does, with the certificate of a console's kit.
 *
 * @returns its state; undefined while it does not answer
 */
export const askOverseer = async (
  kit: string,
  host: string,
  port: number,
  project: string,
): Promise<OverseerState | undefined> => {
  const response = await post(kit, host, port, JSON.stringify({ project, role: 'admin' })).catch(
    () => undefined,
  );
  if (response === undefined) {
    return undefined;
  }
  const { primary_sp, sp_list } = Heartbeat.parse(JSON.parse(response));
  return {
    primary: primary_sp.sp_end_point,
    online: sp_list.flatMap(({ state, sp_end_point }) =>
      state === 'online' && sp_end_point !== undefined ? [sp_end_point] : [],
    ),
  };
};
