import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import { CONTAINER, ENVIRONMENT } from '../../contract/environment.ts';
import { hasTlsPair } from '../start/tls-pair.ts';

const TIMEOUT_MS = 4000;

const check = async (): Promise<void> => {
  const folder = process.env[ENVIRONMENT.webRoot] ?? CONTAINER.folder;
  const get = (await hasTlsPair(folder)) ? httpsGet : httpGet;
  const options = {
    host: '127.0.0.1',
    port: Number(process.env[ENVIRONMENT.webPort] ?? CONTAINER.port),
    path: '/health',
    timeout: TIMEOUT_MS,
    // The certificate names the public host, and this request never leaves the machine.
    rejectUnauthorized: false,
  };
  const request = get(options, (response) => {
    if (response.statusCode === 200) {
      process.exitCode = 0;
    }
    response.resume();
  });
  request.on('timeout', () => request.destroy());
  request.on('error', () => undefined);
};

process.exitCode = 1;
void check();
