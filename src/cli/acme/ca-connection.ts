import { axios } from 'acme-client';
import { Agent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { z } from 'zod';
import { CliError } from '../errors/cli-error.ts';
import { systemReason } from '../../contract/system-reason.ts';
import { ACME_ERRORS } from './acme-errors.ts';
import { Problem, refusal } from './problem.ts';

const REQUEST_MS = 30_000;

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'its name is unknown',
  EAI_AGAIN: 'names cannot be resolved; is this host offline?',
  ENETUNREACH: 'there is no route; is this host offline?',
  EHOSTUNREACH: 'there is no route; is this host offline?',
  ETIMEDOUT: 'it does not respond',
  ECONNABORTED: 'it does not respond',
};

/** Codes of OpenSSL and Node for a certificate that nobody vouches for, or for another name. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_|ISSUER/;

const NetworkError = z.object({ isAxiosError: z.literal(true), code: z.string().default('') });

/** Describes what the CA said last, where that was an error. */
interface Refused {
  readonly status: number;
  readonly problem: Problem | undefined;
  readonly retryAfter: string | undefined;
}

const RetryAfter = z.object({ 'retry-after': z.string().optional() });

/** Requests to one CA, and what they failed of. */
export interface CaConnection {
  /** Returns the reason for an error of the ACME library, in plain words. */
  readonly explain: (error: unknown) => unknown;
}

/**
 * Sets up the requests of the ACME library.
 *
 * @param ca PEM of a private CA that vouches for the directory, beside the public ones
 */
export const connectToCa = (directory: string, ca: string | undefined, signal: AbortSignal): CaConnection => {
  let refused: Refused | undefined;
  // The library's own repetitions hide why a CA cannot be reached, and wait for minutes.
  axios.interceptors.request.clear();
  axios.interceptors.response.clear();
  axios.interceptors.response.use((response) => {
    refused =
      response.status < 400
        ? undefined
        : {
            status: response.status,
            problem: Problem.safeParse(response.data).data,
            retryAfter: RetryAfter.safeParse(response.headers).data?.['retry-after'],
          };
    return response;
  });
  axios.defaults.timeout = REQUEST_MS;
  axios.defaults.signal = signal;
  if (ca !== undefined) {
    axios.defaults.httpsAgent = new Agent({ ca: [...rootCertificates, ca] });
  }
  return {
    explain: (error) => {
      if (error instanceof CliError || signal.aborted) {
        return error;
      }
      const network = NetworkError.safeParse(error).data;
      if (network !== undefined) {
        const reason = REASONS[network.code] ?? systemReason(error);
        const untrusted = UNTRUSTED.test(network.code);
        return ACME_ERRORS.directoryUnreachable({ url: directory, reason, untrusted }, { cause: error });
      }
      if (refused?.problem?.detail !== undefined) {
        return refusal(refused.problem, undefined, refused.retryAfter);
      }
      const reason = refused === undefined ? systemReason(error) : `its response is ${refused.status}`;
      return ACME_ERRORS.notDirectory({ url: directory, reason }, { cause: error });
    },
  };
};
