import { z } from 'zod';
import type { BackendProcess } from '../soak/backend-process.ts';
import { queryDatabase } from './postgres-server.ts';

const WRITERS = 16;

/** Creates sites from several connections until told to stop. */
export const writeSites = (backend: BackendProcess, token: string, prefix = 'w') => {
  const acknowledged: string[] = [];
  const refused: { status: number; retryAfter: unknown }[] = [];
  let running = true;
  const write = async (writer: number): Promise<void> => {
    for (let count = 0; running; count += 1) {
      const name = `${prefix}${writer}-${count}`;
      const { status, headers } = await backend.ask({
        method: 'POST',
        path: '/clients',
        token,
        body: { name, organization: 'hospital' },
      });
      if (status === 201) {
        acknowledged.push(name);
      } else {
        refused.push({ status, retryAfter: headers['retry-after'] });
      }
    }
  };
  const finished = Promise.all(Array.from({ length: WRITERS }, (_none, writer) => write(writer)));
  const stop = async (): Promise<void> => {
    running = false;
    await finished;
  };
  return { acknowledged, refused, stop };
};

/** Returns the names of the sites in a database. */
export const storedSites = async (url: string): Promise<Set<string>> => {
  const rows = await queryDatabase(url, 'select name from client');
  return new Set(
    z
      .array(z.object({ name: z.string() }))
      .parse(rows)
      .map(({ name }) => name),
  );
};
