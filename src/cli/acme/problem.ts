import { z } from 'zod';
import type { CliError } from '../errors/cli-error.ts';
import { ACME_ERRORS } from './acme-errors.ts';

/** An error of a CA, RFC 8555 section 6.7. */
export const Problem = z.object({
  type: z.string().default('about:blank'),
  detail: z.string().optional(),
  identifier: z.object({ value: z.string() }).optional(),
  get subproblems() {
    return z.array(Problem).optional();
  },
});
export type Problem = z.infer<typeof Problem>;

const PREFIX = 'urn:ietf:params:acme:error:';

const NOT_FOUND =
  'Check that the DNS record of the name points at this host and that the port is open to the internet.';

/** Advice by error; all others are temporary or explained by the CA's own words. */
const ADVICE: Readonly<Record<string, string>> = {
  rateLimited: 'Wait until the CA issues again, and try with its staging directory (--directory) meanwhile.',
  rejectedIdentifier: 'The CA issues no certificate for this name; use a public name that belongs to you.',
  unsupportedIdentifier: 'The CA issues no certificate for this kind of name; use a public host name.',
  caa: 'The CAA records of the domain allow other CAs only; add this one, or use another --directory.',
  dns: 'Check the DNS records of the name; a new record can take a while until it is visible everywhere.',
  connection: NOT_FOUND,
  unauthorized: `Something else responds under this name. ${NOT_FOUND}`,
  incorrectResponse: `Something else responds under this name. ${NOT_FOUND}`,
  tls: `The CA expects TLS there. ${NOT_FOUND}`,
  invalidContact: 'Give an address that can receive e-mail with --email.',
  unsupportedContact: 'Give an address that can receive e-mail with --email.',
  externalAccountRequired:
    'This CA issues only to accounts created on its own site, which is not supported; use another --directory.',
  userActionRequired: 'Agree to the new terms of service of the CA, then run the command again.',
  accountDoesNotExist: 'Delete cert/acme-account.key, so that a new account is registered.',
  badNonce: 'The CA did not accept the request, even when repeated; run the command again later.',
};

const sentence = (text: string): string => text.trim().replace(/[.\s]+$/, '');

/** @returns the kind of an error without its prefix, such as `rateLimited` */
const kindOf = (problem: Problem): string => problem.type.replace(PREFIX, '');

/**
 * Returns the error that says what a CA refused and what to do.
 *
 * @param name the host name it is about; undefined: the whole request
 * @param retryAfter the header of that name
 */
export const refusal = (problem: Problem, name?: string, retryAfter?: string): CliError => {
  const [first] = problem.subproblems ?? [];
  const about = name ?? problem.identifier?.value ?? first?.identifier?.value;
  const { detail = kindOf(problem) } = first ?? problem;
  const kind = kindOf(problem) in ADVICE ? kindOf(problem) : kindOf(first ?? problem);
  const wait =
    retryAfter === undefined ? '' : ` (again after ${retryAfter}${/^\d+$/.test(retryAfter) ? ' s' : ''})`;
  return ACME_ERRORS.refused({
    what: `The CA refused${about === undefined ? '' : ` ${about}`}: ${sentence(detail)}${wait}.`,
    advice: ADVICE[kind] ?? 'Look at the reason, then run the same command again.',
  });
};
