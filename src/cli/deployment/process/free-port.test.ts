import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from '@jest/globals';
import { checkPortFree, findFreePort } from './free-port.ts';

const holding = async (port: number) => {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

it('takes a port for free that another command holds for a moment, to look', async () => {
  const port = await findFreePort();
  const other = await holding(port);
  setTimeout(() => {
    other.close();
  }, 20);
  await expect(checkPortFree(port, '127.0.0.1')).resolves.toBeUndefined();
});

it('refuses a port on which something listens', async () => {
  const port = await findFreePort();
  const other = await holding(port);
  try {
    await expect(checkPortFree(port, '127.0.0.1')).rejects.toMatchObject({ code: 'port_taken' });
  } finally {
    other.close();
  }
});
