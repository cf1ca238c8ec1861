import { lookup } from 'node:dns';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import type { WebhookOutcome } from '../../contract/delivery.ts';
import { errorCode } from '../../contract/error-code.ts';
import type { AddressRule } from './address-rule.ts';

/** A message to an endpoint. */
export interface WebhookMessage {
  /** The same at every attempt, so that an endpoint recognizes one it has. */
  readonly id: string;
  readonly url: string;
  /** JSON. */
  readonly body: string;
  /** `whsec_…`; during a change the earlier one too. */
  readonly secrets: readonly string[];
  readonly at: Date;
}

/** From the first look-up of the name to the last byte that is read. */
const ATTEMPT_MS = 10_000;
/** Most bytes that are read of a response; nothing waits for the rest. */
const MAX_BYTES = 16 * 1024;
const MAX_DETAIL = 200;

/** RFC 9110: the endpoint is gone for good; Standard Webhooks asks to stop then. */
const GONE = 410;
/** Responses that ask to try again: time-out, too early, too many requests. */
const LATER: ReadonlySet<number> = new Set([408, 425, 429]);

const CERTIFICATE = /^(CERT_|ERR_TLS_CERT|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA)/;

class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
  readonly address: string;

  constructor(address: string) {
    super(`${address} is not a public address`);
    this.address = address;
  }
}

const waiting = (error: WebhookOutcome['error'], detail = ''): WebhookOutcome => ({
  state: 'waiting',
  error,
  detail,
});

const detailOf = (text: string): string =>
  text
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, MAX_DETAIL);

const outcomeOf = (status: number, text: string): WebhookOutcome => {
  const detail = detailOf(`HTTP ${status} ${text}`);
  if (status >= 200 && status < 300) {
    return { state: 'sent', error: '', detail };
  }
  if (status === GONE) {
    return { state: 'failed', error: 'gone', detail };
  }
  if (status >= 300 && status < 400) {
    return waiting('redirected', `HTTP ${status}`);
  }
  return waiting(status >= 500 || LATER.has(status) ? 'deferred' : 'refused', detail);
};

/**
 * Looks names up for one connection, so that the address that was checked is the address connected to.
 * A name is refused as a whole when one of its addresses may not be reached.
 */
const checkedLookup =
  (mayReach: AddressRule['mayReach']): LookupFunction =>
  (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        done(error, '', 0);
        return;
      }
      const [first] = addresses;
      const forbidden = addresses.find(({ address }) => !mayReach(address));
      if (first === undefined || forbidden !== undefined) {
        done(new ForbiddenAddressError(forbidden?.address ?? hostname), '', 0);
      } else if (options.all === true) {
        done(null, addresses);
      } else {
        done(null, first.address, first.family);
      }
    });
  };

/** The host of a URL, which its parser has brought into one form; brackets of IPv6 left out. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

/** Returns what may be reached over this scheme: without encryption only the operator's own networks. */
const ruleOf = ({ protocol }: URL, { isAllowed, mayReach }: AddressRule): AddressRule['mayReach'] =>
  protocol === 'https:' ? mayReach : isAllowed;

/** Reads the beginning of a response and ends the connection. */
const readStart = async (response: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    const bytes = z.instanceof(Buffer).parse(chunk);
    chunks.push(bytes);
    length += bytes.length;
    if (length >= MAX_BYTES) {
      break;
    }
  }
  response.destroy();
  return Buffer.concat(chunks).subarray(0, MAX_BYTES).toString('utf8');
};

const post = (url: URL, options: RequestOptions, body: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    send(url, { ...options, method: 'POST', agent: false }, resolve)
      .once('error', reject)
      .end(body);
  });

const errorOf = (error: unknown, signal: AbortSignal): WebhookOutcome => {
  if (error instanceof ForbiddenAddressError) {
    return { state: 'failed', error: 'address_forbidden', detail: error.address };
  }
  if (signal.aborted) {
    return waiting('too_slow');
  }
  const code = errorCode(error) ?? '';
  return waiting(CERTIFICATE.test(code) ? 'certificate' : 'unreachable', code);
};

const signatures = ({ id, body, secrets, at }: WebhookMessage): string =>
  secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' ');

/**
 * Sends a message, within 10 s, to a public or allowed address; follows no redirect and never throws.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const sendWebhook = async (message: WebhookMessage, rule: AddressRule): Promise<WebhookOutcome> => {
  const url = new URL(message.url);
  const mayReach = ruleOf(url, rule);
  const signal = AbortSignal.timeout(ATTEMPT_MS);
  try {
    const host = hostOf(url);
    // Nothing is looked up for these.
    if (isIP(host) !== 0 && !mayReach(host)) {
      throw new ForbiddenAddressError(host);
    }
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(message.body),
      'user-agent': 'nvflare-dashboard',
      'webhook-id': message.id,
      'webhook-timestamp': String(Math.floor(message.at.getTime() / 1000)),
      'webhook-signature': signatures(message),
    };
    const options = { headers, signal, lookup: checkedLookup(mayReach), minVersion: 'TLSv1.2' } as const;
    const response = await post(url, options, message.body);
    return outcomeOf(response.statusCode ?? 0, await readStart(response));
  } catch (error) {
    return errorOf(error, signal);
  }
};

const CHECK_MS = 3000;

/**
 * Tells whether an endpoint leads to an address that may not be reached, as far as it can be known now.
 *
 * @returns the address; undefined where there is none, or where the name is unknown now
 */
export const forbiddenAddress = async (url: URL, rule: AddressRule): Promise<string | undefined> => {
  const host = hostOf(url);
  const mayReach = ruleOf(url, rule);
  if (isIP(host) !== 0) {
    return mayReach(host) ? undefined : host;
  }
  const found = new Promise<string | undefined>((resolve) => {
    lookup(host, { all: true }, (error, addresses) => {
      resolve(
        error === null ? addresses.map(({ address }) => address).find((one) => !mayReach(one)) : undefined,
      );
    });
  });
  const late = new Promise<undefined>((resolve) => {
    setTimeout(resolve, CHECK_MS, undefined).unref();
  });
  return Promise.race([found, late]);
};
