import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { BackendProcess } from './backend-process.ts';
import { percentile } from './sample.ts';
import { renewWebCertificate } from './web-certificate.ts';

const OPENING_AT_ONCE = 40;
const PROBE_MS = 10;
const MAX_MS = 40_000;
/** The beginning of a handshake: what says how long the first message is, and no more. */
const HALF_HELLO = Buffer.from('160301020001', 'hex');
const HEADER_MS = 1000;

/** Number of connections held, of each kind. */
export interface SilentLoad {
  /** TLS, and then nothing. */
  readonly idle: number;
  /** A few bytes of a TLS handshake, and then nothing. */
  readonly halfOpen: number;
  /** TLS, and a header that comes a byte a second. */
  readonly slow: number;
}

/** Milliseconds from open to dropped, least and most. */
export interface Lifetimes {
  readonly count: number;
  readonly least: number;
  readonly most: number;
}

/** Describes what became of them and of ordinary requests meanwhile. */
export interface SilentOutcome {
  readonly idle: Lifetimes;
  readonly halfOpen: Lifetimes;
  readonly slow: Lifetimes;
  /** Connections that could not be opened. */
  readonly unopened: readonly string[];
  /** Connections that were still open after 40 s. */
  readonly kept: number;
  readonly requests: number;
  /** Ordinary requests that failed. */
  readonly failed: readonly string[];
  /** Milliseconds of ordinary requests. */
  readonly p99: number;
}

type Open = (port: number) => Promise<Socket>;

const openTcp: Open = async (port) => {
  const socket = connectTcp({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  return socket;
};
const openTls: Open = async (port) => {
  const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  return socket;
};
const openHalf: Open = async (port) => {
  const socket = await openTcp(port);
  socket.write(HALF_HELLO);
  return socket;
};
const openSlow: Open = async (port) => {
  const socket = await openTls(port);
  socket.write('GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: ');
  const timer = setInterval(() => socket.write('x'), HEADER_MS);
  socket.once('close', () => {
    clearInterval(timer);
  });
  return socket;
};

/** Connections that are held until the other side ends them. */
class Held {
  readonly lifetimes: Promise<number>[] = [];
  readonly unopened: string[] = [];
  readonly #sockets: Socket[] = [];

  /** Opens that many, a few at a time. */
  async open(port: number, count: number, open: Open): Promise<void> {
    let begun = 0;
    const opener = async (): Promise<void> => {
      while (begun < count) {
        begun += 1;
        try {
          this.#hold(await open(port));
        } catch (error) {
          this.unopened.push(String(error));
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(count, OPENING_AT_ONCE) }, opener));
  }

  /** Closes what is still open. @returns how many that were */
  end(): number {
    const open = this.#sockets.filter((socket) => !socket.closed);
    for (const socket of open) {
      socket.destroy();
    }
    return open.length;
  }

  #hold(socket: Socket): void {
    const began = performance.now();
    this.#sockets.push(socket);
    socket.on('error', () => undefined);
    socket.resume();
    // Not events.once(): a reset connection has ended too.
    const lifetime = new Promise<number>((resolve) => {
      socket.once('close', () => {
        resolve(performance.now() - began);
      });
    });
    this.lifetimes.push(lifetime);
  }
}

const lifetimesOf = async ({ lifetimes }: Held): Promise<Lifetimes> => {
  const all = await Promise.all(lifetimes);
  return { count: all.length, least: percentile(all, 0), most: percentile(all, 1) };
};

/** Asks for the project again and again, in turn on a kept and on a new connection. */
const probe = async (url: string, until: AbortSignal) => {
  const kept = new Agent({ connect: { rejectUnauthorized: false } });
  const times: number[] = [];
  const failed: string[] = [];
  for (let count = 0; !until.aborted; count += 1) {
    const began = performance.now();
    const fresh = count % 2 === 0 ? undefined : new Agent({ connect: { rejectUnauthorized: false } });
    try {
      const { statusCode, body } = await request(`${url}/api/v1/project`, { dispatcher: fresh ?? kept });
      await body.dump();
      if (statusCode !== 200) {
        failed.push(String(statusCode));
      }
    } catch (error) {
      failed.push(String(error));
    }
    times.push(performance.now() - began);
    await fresh?.destroy();
    await pause(PROBE_MS);
  }
  await kept.destroy();
  return { requests: times.length, failed, p99: percentile(times, 0.99) };
};

/** Opens connections that say nothing or nearly so to a backend with HTTPS, and uses it beside them. */
export const holdSilent = async ({ idle, halfOpen, slow }: SilentLoad): Promise<SilentOutcome> => {
  const backend = await BackendProcess.prepare({ secure: true });
  const over = new AbortController();
  try {
    await renewWebCertificate(backend.folder);
    await backend.start();
    const held = { idle: new Held(), halfOpen: new Held(), slow: new Held() };
    const all = Object.values(held);
    const probing = probe(backend.url, over.signal);
    await held.halfOpen.open(backend.port, halfOpen, openHalf);
    await held.slow.open(backend.port, slow, openSlow);
    await held.idle.open(backend.port, idle, openTls);
    const dropped = Promise.all(all.flatMap(({ lifetimes }) => lifetimes));
    const enough = new AbortController();
    await Promise.race([dropped, pause(MAX_MS, undefined, { signal: enough.signal })]);
    enough.abort();
    over.abort();
    const ordinary = await probing;
    const kept = all.reduce((sum, one) => sum + one.end(), 0);
    return {
      idle: await lifetimesOf(held.idle),
      halfOpen: await lifetimesOf(held.halfOpen),
      slow: await lifetimesOf(held.slow),
      unopened: all.flatMap(({ unopened }) => unopened),
      kept,
      ...ordinary,
    };
  } finally {
    over.abort();
    await backend.remove();
  }
};
