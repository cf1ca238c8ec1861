import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { KeyBits } from '../contract/certificate.ts';
import { PkiError } from './pki-error.ts';
import type { RsaKeyPair } from './rsa-key-pair.ts';

/**
 * The thread's program as text: it needs nothing but Node, so it runs the same from source, build and bundle. On
 * Linux, priorities are per thread (0 is the caller); elsewhere they belong to the process.
 */
const PROGRAM = `
const { parentPort } = require('node:worker_threads');
const { generateKeyPairSync } = require('node:crypto');
const { platform, setPriority, constants } = require('node:os');
if (platform() === 'linux') {
  try { setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL); } catch {}
}
parentPort.on('message', (bits) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: bits,
    publicKeyEncoding: { type: 'pkcs1', format: 'der' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  parentPort.postMessage({ publicKeyDer: new Uint8Array(publicKey), privateKeyPem: privateKey });
});
`;

const isBytes = (value: unknown): value is Uint8Array => ArrayBuffer.isView(value);
const Made = z.object({ publicKeyDer: z.custom<Uint8Array>(isBytes), privateKeyPem: z.string() });

/** Idle time after which a thread is ended to free its memory (about 10 MiB). */
const IDLE_MS = 10_000;

/**
 * A thread that generates key pairs, one at a time. It starts with the first request, ends when idle and does not
 * keep the process alive.
 */
export class KeyWorker {
  readonly #rest: number;
  #worker: Worker | undefined;
  #ending: Promise<unknown> | undefined;
  #resting: NodeJS.Timeout | undefined;
  #busy: KeyBits | undefined;
  #closed = false;

  /** @param rest milliseconds without work after which the thread ends */
  constructor(rest = IDLE_MS) {
    this.#rest = rest;
  }

  /** Size in bits of the pair being generated; undefined when the thread is free. */
  get busy(): KeyBits | undefined {
    return this.#busy;
  }

  /** True while there is a thread, busy or idle. */
  get running(): boolean {
    return this.#worker !== undefined;
  }

  /**
   * Generates one pair; only when not {@link busy}.
   *
   * @throws PkiError `pool_closed` when the thread is closed before; the thread's own error
   */
  async make(bits: KeyBits): Promise<RsaKeyPair> {
    if (this.#closed) {
      throw new PkiError('pool_closed');
    }
    this.#busy = bits;
    clearTimeout(this.#resting);
    const worker = (this.#worker ??= this.#begin());
    const ended = new AbortController();
    try {
      worker.ref();
      worker.postMessage(bits);
      const [message] = z.tuple([Made]).parse(
        await Promise.race([
          once(worker, 'message', { signal: ended.signal }),
          once(worker, 'exit', { signal: ended.signal }).then(() => {
            throw new PkiError('pool_closed', { detail: 'its thread ended' });
          }),
        ]),
      );
      return { bits, ...message };
    } finally {
      ended.abort();
      worker.unref();
      this.#busy = undefined;
      this.#resting = setTimeout(() => {
        this.#end();
      }, this.#rest).unref();
    }
  }

  /** Ends the thread; a pair being generated is lost. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#resting);
    await this.#ending;
    this.#end();
    await this.#ending;
  }

  #end(): void {
    this.#ending = this.#worker?.terminate();
    this.#worker = undefined;
  }

  #begin(): Worker {
    const worker = new Worker(PROGRAM, { eval: true, name: 'rsa-keys', env: {}, argv: [], execArgv: [] });
    worker.once('exit', () => {
      if (this.#worker === worker) {
        this.#worker = undefined;
      }
    });
    return worker;
  }
}
