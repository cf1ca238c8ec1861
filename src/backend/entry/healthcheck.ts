import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import { CONTAINER, ENVIRONMENT } from '../../contract/environment.ts';
import { hasTlsPair } from '../start/tls-pair.ts';

const TIMEOUT_MS = 4000;

const folder = process.env[ENVIRONMENT.webRoot] ?? CONTAINER.folder;
const port = Number(process.env[ENVIRONMENT.webPort] ?? CONTAINER.port);
const secure = await hasTlsPair(folder);
// The certificate is made out to the public name, and this never leaves the machine.
const options = {
  host: '127.0.0.1',
  port,
  path: '/health',
  timeout: TIMEOUT_MS,
  rejectUnauthorized: false,
};
process.exitCode = 1;
const request = (secure ? httpsGet : httpGet)(options, (response) => {
  if (response.statusCode === 200) process.exitCode = 0;
  response.resume();
});
request.on('timeout', () => request.destroy());
request.on('error', () => undefined);
