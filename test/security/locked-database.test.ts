import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { BackendProcess, type ApiResponse } from '../soak/backend-process.ts';
import { LockedDatabase } from '../soak/locked-database.ts';

const MINUTE = 60_000;
const READS = 20;
const Sites = z.object({ client_list: z.array(z.object({ name: z.string() })) });

let backend: BackendProcess;
let token: string;
beforeEach(async () => {
  backend = await BackendProcess.prepare();
  await backend.start();
  token = await backend.logIn();
}, MINUTE);
afterEach(() => backend.remove());

const add = (name: string): Promise<ApiResponse> =>
  backend.ask({ method: 'POST', path: '/clients', token, body: { name, organization: 'hospital' } });
const names = async (): Promise<readonly string[]> => {
  const { json } = await backend.ask({ method: 'GET', path: '/clients', token });
  return Sites.parse(json).client_list.map(({ name }) => name);
};

describe('while another program writes to the database', () => {
  it(
    'reads are answered, and a write waits until it has finished',
    async () => {
      const lock = new LockedDatabase(backend.folder);
      let waiting = true;
      const write = add('patient').finally(() => {
        waiting = false;
      });
      for (let read = 0; read < READS; read += 1) {
        expect((await backend.ask({ method: 'GET', path: '/health' })).status).toBe(200);
        expect(await names()).toEqual([]);
      }
      expect(waiting).toBe(true);
      lock.release();
      expect((await write).status).toBe(201);
      expect(await names()).toEqual(['patient']);
    },
    MINUTE,
  );

  it(
    'a write that has waited too long is refused with Retry-After, is not half done, and is taken when asked again',
    async () => {
      const lock = new LockedDatabase(backend.folder);
      const refused = await add('impatient');
      expect(await names()).toEqual([]);
      lock.release();
      expect(refused.status).toBe(503);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(refused.json).toMatchObject({ code: 'unavailable' });
      expect(await names()).toEqual([]);
      expect((await add('impatient')).status).toBe(201);
    },
    MINUTE,
  );
});
