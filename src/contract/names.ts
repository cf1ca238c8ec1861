import { z } from 'zod';

/** Longest common name an X.509 subject may hold (RFC 5280, ub-common-name). */
export const MAX_COMMON_NAME = 64;

/**
 * A dot-string and a domain as in RFC 5321, 4.1.2, without what a folder or a shell would take for its own (`/`, `*`,
 * `?`, `|`, `$`, backtick): kits are named after it. A percent sign that encodes a character is a typo.
 */
const EMAIL =
  /^(?!.*%[0-9A-Fa-f]{2})[A-Za-z0-9!#%&'+=^_{}~-]+(?:\.[A-Za-z0-9!#%&'+=^_{}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?:[A-Za-z]{2,63}|[Xx][Nn]--[A-Za-z0-9-]{1,59})$/;
const ORGANIZATION = /^[A-Za-z0-9_]+$/;
const ORGANIZATION_OR_NONE = /^[A-Za-z0-9_]*$/;
const SITE = /^[-A-Za-z0-9_]+$/;
const HOST =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
/**
 * Names that a resolver takes for an IPv4 address, whatever their form: the last label is a number (WHATWG URL, 4.1).
 */
const ENDS_IN_NUMBER = /(?:^|\.)(?:\d+|0[Xx][0-9A-Fa-f]*)$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
/** Names of NVFLARE's own cells and targets, which no site may have: `server`, `all`, `_admin_` and an ID. */
const RESERVED_SITE = /^(?:server|all|_admin_.*)$/i;
const SHORT_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9 ._-]*[A-Za-z0-9])?$/;
const PIN = /^[A-Za-z0-9]+$/;

/** A person's e-mail address; becomes the common name of the console's certificate. */
export const Email = z
  .string()
  .max(MAX_COMMON_NAME, 'is longer than 64 characters, the limit of a certificate name')
  .regex(EMAIL, 'is not an e-mail address such as name@example.org');

/** The domain of an e-mail address, in lower case. */
export const EmailDomain = z
  .string()
  .toLowerCase()
  .max(MAX_COMMON_NAME, 'is longer than 64 characters, the limit of a certificate name')
  .refine((domain) => EMAIL.test(`x@${domain}`), 'is not a domain such as example.org');

const organization = (pattern: RegExp) =>
  z
    .string()
    .max(MAX_COMMON_NAME, 'is longer than 64 characters, the limit of a certificate name')
    .regex(pattern, 'may hold letters, digits and underscores only');

/** An organization: letters, digits and underscore, as NVFLARE's provisioning requires. */
export const OrganizationName = organization(ORGANIZATION);

/** The same where none may have been chosen yet: an empty text. */
export const OptionalOrganizationName = organization(ORGANIZATION_OR_NONE);

/** Returns whether NVFLARE would take a site of this name for its server, for all sites or for a console. */
export const isReservedSiteName = (name: string): boolean => RESERVED_SITE.test(name);

/** An FL client (site): letters, digits, hyphen and underscore; no dot. */
export const SiteName = z
  .string()
  .max(MAX_COMMON_NAME, 'is longer than 64 characters, the limit of a certificate name')
  .regex(SITE, 'may hold letters, digits, hyphens and underscores only')
  .refine((name) => !isReservedSiteName(name), 'is a name that NVFLARE keeps for itself');

/** A host name as a server or overseer carries it (RFC 1123 labels). */
export const HostName = z
  .string()
  .max(128, 'is longer than 128 characters')
  .regex(HOST, 'is not a host name such as server.example.org')
  .refine(
    (host) => !ENDS_IN_NUMBER.test(host) || IPV4.test(host),
    'is neither a host name nor an IPv4 address of four decimal numbers',
  );

/** Longest short name that NVFLARE's provisioning takes. */
export const MAX_SHORT_NAME = 63;

/** The project's short name: common name of its root CA. */
export const ProjectShortName = z
  .string()
  .max(MAX_SHORT_NAME, `is longer than ${MAX_SHORT_NAME} characters`)
  .regex(
    SHORT_NAME,
    'must start and end with a letter or digit; spaces, dots, hyphens and underscores may stand between',
  );

const pinOf = (min: number) =>
  z
    .string()
    .min(min, `is shorter than ${min} characters`)
    .max(64, 'is longer than 64 characters')
    .regex(PIN, 'may hold letters and digits only');

/** Shortest PIN that NVIDIA's API clients send. */
export const MIN_PIN = 4;
/** Shortest PIN of a zip that only its PIN opens. */
export const MIN_AES_PIN = 8;

/** Password of a kit's zip file. */
export const Pin = pinOf(MIN_PIN);

/** Password of a zip encrypted with AES-256. */
export const AesPin = pinOf(MIN_AES_PIN);
