import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { SyslogTarget } from '../../context/config.ts';

const CONNECT_MS = 10_000;
/** A receiver that takes nothing for so long is lost. */
const STALL_MS = 15_000;
const KEEP_ALIVE_MS = 10_000;

const open = (target: SyslogTarget): { readonly socket: Socket; readonly ready: string } => {
  const { host, port } = target;
  if (!target.tls) {
    return { socket: connectTcp({ host, port }), ready: 'connect' };
  }
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const ca = target.ca === undefined ? {} : { ca: target.ca };
  return {
    socket: connectTls({ host, port, minVersion: 'TLSv1.2', ...servername, ...ca }),
    ready: 'secureConnect',
  };
};

/** An open connection to a receiver. */
export class SyslogConnection {
  readonly #socket: Socket;
  #error: Error | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', (error) => {
      this.#error = error;
    });
    socket.on('close', () => {
      this.#error ??= new Error('the receiver closed the connection');
    });
    socket.on('timeout', () => socket.destroy(new Error('the receiver takes nothing')));
    // A receiver has nothing to say; reading shows that it closed.
    socket.resume();
  }

  /** Connects; with TLS, only to whom the certificate names. @throws Error of the network or of TLS */
  static connect(target: SyslogTarget, signal: AbortSignal): Promise<SyslogConnection> {
    return new Promise((resolve, reject) => {
      const { socket, ready } = open(target);
      const abort = (): void => {
        socket.destroy(new Error('given up'));
      };
      signal.addEventListener('abort', abort, { once: true });
      socket.setKeepAlive(true, KEEP_ALIVE_MS);
      socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error('the receiver does not respond')));
      socket.once('error', reject);
      socket.once(ready, () => {
        signal.removeEventListener('abort', abort);
        socket.removeAllListeners('timeout').setTimeout(0);
        socket.removeListener('error', reject);
        resolve(new SyslogConnection(socket));
      });
    });
  }

  get lost(): Error | undefined {
    return this.#error;
  }

  /** Resolves when the system has taken the text. @throws Error when the connection is lost */
  write(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#error !== undefined) {
        reject(this.#error);
        return;
      }
      this.#socket.setTimeout(STALL_MS);
      this.#socket.write(text, (error) => {
        this.#socket.setTimeout(0);
        if (error) {
          reject(error);
        } else {
          resolve();
        }
      });
    });
  }

  /** Sends what is written and closes. */
  end(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.closed) {
        resolve();
        return;
      }
      this.#socket.once('close', () => {
        resolve();
      });
      this.#socket.setTimeout(CONNECT_MS, () => this.#socket.destroy());
      this.#socket.end();
    });
  }
}
