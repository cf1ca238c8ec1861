import { Agent, request } from 'undici';

const READERS = 8;
const WRITERS = 4;

/** Requests that keep coming until they are stopped. */
export interface Load {
  /** Requests that failed: method, and status or error. */
  readonly failures: string[];
  /** Names of the sites whose creation was acknowledged. */
  readonly written: string[];
  /** Responses so far. */
  readonly count: () => number;
}

/**
 * Reads and writes through a balancer as long as something is done.
 *
 * @param target `prefix` begins the names of the sites that are created
 * @returns what came of the requests, once the last of them has its response
 */
export const underLoad = async (
  {
    origin,
    token,
    prefix = 'site',
  }: { readonly origin: string; readonly token: string; readonly prefix?: string },
  work: (load: Load) => Promise<void>,
): Promise<Load> => {
  const client = new Agent({ connect: { rejectUnauthorized: false } });
  const failures: string[] = [];
  const written: string[] = [];
  let responses = 0;
  let running = true;
  const ask = async (method: 'GET' | 'POST', body?: object): Promise<number> => {
    try {
      const { statusCode, body: received } = await request(`${origin}/api/v1/clients?limit=10`, {
        method,
        dispatcher: client,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      await received.dump();
      responses += 1;
      if (statusCode >= 300) {
        failures.push(`${method} ${statusCode}`);
      }
      return statusCode;
    } catch (error) {
      failures.push(`${method} ${String(error)}`);
      return 0;
    }
  };
  const read = async (): Promise<void> => {
    while (running) {
      await ask('GET');
    }
  };
  const write = async (writer: number): Promise<void> => {
    for (let count = 0; running; count += 1) {
      const name = `${prefix}-${writer}-${count}`;
      if ((await ask('POST', { name, organization: 'hospital' })) === 201) {
        written.push(name);
      }
    }
  };
  const finished = Promise.all([
    ...Array.from({ length: READERS }, read),
    ...Array.from({ length: WRITERS }, (_none, writer) => write(writer)),
  ]);
  const load = { failures, written, count: () => responses };
  try {
    await work(load);
  } finally {
    running = false;
    await finished;
    await client.close();
  }
  return load;
};
