import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ServerLog } from '../context/context.ts';
import { tlsFiles } from './tls-pair.ts';

const DAY_MS = 86_400_000;
const INTERVAL_MS = 6 * 60 * 60 * 1000;
/** Days before the expiry on which it is warned of, and the day itself; ascending. */
const NOTICE_DAYS = [0, 1, 7, 14, 30] as const;

/** Decides when the expiry of a web certificate is worth a line of the log: once for each of {@link NOTICE_DAYS}. */
export class ExpiryNotices {
  #fingerprint = '';
  #noticed = Infinity;

  /**
   * @param pem the certificate that is served, with its chain
   * @returns a sentence for the log; undefined when nothing is due
   */
  due(pem: string, now: Date): string | undefined {
    const { validTo, fingerprint256 } = new X509Certificate(pem);
    if (fingerprint256 !== this.#fingerprint) {
      this.#fingerprint = fingerprint256;
      this.#noticed = Infinity;
    }
    const left = new Date(validTo).getTime() - now.getTime();
    const notice = NOTICE_DAYS.find((days) => left <= days * DAY_MS);
    if (notice === undefined || notice >= this.#noticed) {
      return undefined;
    }
    this.#noticed = notice;
    const day = new Date(validTo).toISOString().slice(0, 10);
    if (left <= 0) {
      return `The web certificate expired on ${day}; clients refuse it.`;
    }
    const days = Math.floor(left / DAY_MS);
    const when = days === 0 ? 'less than a day' : `${days} ${days === 1 ? 'day' : 'days'}`;
    return `The web certificate expires in ${when}, on ${day}.`;
  }
}

/**
 * Warns in the log 30, 14, 7 and 1 day before the web certificate expires, and when it has.
 *
 * @returns ends the watch
 */
export const watchExpiry = (webRoot: string, log: ServerLog, now: () => Date): (() => void) => {
  const notices = new ExpiryNotices();
  const look = async (): Promise<void> => {
    try {
      const sentence = notices.due(await readFile(tlsFiles(webRoot).cert, 'utf8'), now());
      if (sentence === undefined) {
        return;
      }
      const advice = 'Put a renewed pair into cert/; it is used without a restart.';
      log.warn({ code: 'certificate_expires', advice }, sentence);
    } catch (error) {
      // A file that is being replaced is read again next time.
      log.warn({ err: error }, 'the web certificate cannot be read now');
    }
  };
  void look();
  const timer = setInterval(() => void look(), INTERVAL_MS).unref();
  return () => {
    clearInterval(timer);
  };
};
