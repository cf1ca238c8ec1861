import type { Readable } from 'node:stream';
import { decodeSecretFrame, type Secrets } from '../../contract/secret-frame.ts';
import { StartError } from '../context/start-error.ts';

const MAX_BYTES = 256 * 1024;

/**
 * Waits for the frame of secrets on standard input.
 *
 * @param milliseconds how long to wait; then, and at the stream's end, there are no secrets
 * @throws StartError `badConfiguration` for a damaged frame
 */
export const readSecrets = (input: Readable, milliseconds: number): Promise<Secrets> =>
  new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const finish = (done: () => void): void => {
      clearTimeout(timer);
      input.removeAllListeners('data').removeAllListeners('end').removeAllListeners('error');
      input.on('error', () => undefined);
      input.pause();
      done();
    };
    const none = (): void => {
      finish(() => {
        resolve({});
      });
    };
    const timer = setTimeout(none, milliseconds);
    input.on('data', (chunk: Buffer) => {
      try {
        received = Buffer.concat([received, chunk]);
        const secrets = decodeSecretFrame(received);
        if (secrets !== undefined) {
          finish(() => {
            resolve(secrets);
          });
        } else if (received.length > MAX_BYTES) {
          throw new Error('too much on standard input');
        }
      } catch (error) {
        finish(() => {
          reject(
            new StartError(
              'badConfiguration',
              'The secrets on standard input are damaged.',
              'Start again with the dashboard command.',
              { cause: error },
            ),
          );
        });
      }
    });
    input.on('end', none);
    input.on('error', none);
  });
