import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { BackendProcess } from './backend-process.ts';
import { renewWebCertificate, shownFingerprint } from './web-certificate.ts';

const SENDERS = 8;
const TIMEOUT_MS = 10_000;
const POLL_MS = 25;
const REFUSED = 'the new web certificate cannot be used; the old one stays';

/** Describes what became of renewing the certificate while it was in use. */
export interface Renewals {
  /** Renewals that new connections showed within 10 s; every other one by SIGHUP, the rest by the watched files. */
  readonly taken: number;
  /** Renewals of which nothing was seen. */
  readonly missed: number;
  /** True when a broken pair left the old one in use and was logged. */
  readonly brokenKept: boolean;
  /** Milliseconds until a new certificate was shown, most: after SIGHUP, and after the files changed. */
  readonly slowestBySignal: number;
  readonly slowestByFiles: number;
  readonly requests: number;
  readonly failed: readonly string[];
}

const patiently = async (holds: () => Promise<boolean> | boolean): Promise<boolean> => {
  const until = performance.now() + TIMEOUT_MS;
  while (!(await holds())) {
    if (performance.now() > until) {
      return false;
    }
    await pause(POLL_MS);
  }
  return true;
};

/** Requests on kept connections and, every fourth, on new ones, until told to stop. */
const send = async (url: string, until: AbortSignal) => {
  const failed: string[] = [];
  let requests = 0;
  const sender = async (): Promise<void> => {
    const kept = new Agent({ connect: { rejectUnauthorized: false } });
    while (!until.aborted) {
      requests += 1;
      const fresh = requests % 4 === 0 ? new Agent({ connect: { rejectUnauthorized: false } }) : undefined;
      try {
        const { statusCode, body } = await request(`${url}/api/v1/project`, { dispatcher: fresh ?? kept });
        await body.dump();
        if (statusCode !== 200) {
          failed.push(String(statusCode));
        }
      } catch (error) {
        failed.push(String(error));
      }
      await fresh?.destroy();
    }
    await kept.destroy();
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  return { requests, failed };
};

const tryBroken = async (backend: BackendProcess, shown: string): Promise<boolean> => {
  await writeFile(path.join(backend.folder, 'cert', 'web.crt'), 'this is no certificate');
  backend.signal('SIGHUP');
  const logged = await patiently(() => backend.log.includes(REFUSED));
  return logged && (await shownFingerprint(backend.port)) === shown;
};

/** Renews web.crt and web.key again and again under load; in the end puts a broken one there. */
export const renewUnderLoad = async (renewals: number): Promise<Renewals> => {
  const backend = await BackendProcess.prepare({ secure: true });
  const over = new AbortController();
  const slowest = { signal: 0, files: 0 };
  let taken = 0;
  try {
    let shown = await renewWebCertificate(backend.folder);
    await backend.start();
    const sending = send(backend.url, over.signal);
    for (let count = 0; count < renewals; count += 1) {
      const how = count % 2 === 0 ? 'files' : 'signal';
      const began = performance.now();
      shown = await renewWebCertificate(backend.folder);
      if (how === 'signal') {
        backend.signal('SIGHUP');
      }
      if (await patiently(async () => (await shownFingerprint(backend.port)) === shown)) {
        taken += 1;
      }
      slowest[how] = Math.max(slowest[how], performance.now() - began);
    }
    const brokenKept = await tryBroken(backend, shown);
    over.abort();
    return {
      taken,
      missed: renewals - taken,
      brokenKept,
      slowestBySignal: slowest.signal,
      slowestByFiles: slowest.files,
      ...(await sending),
    };
  } finally {
    over.abort();
    await backend.remove();
  }
};
