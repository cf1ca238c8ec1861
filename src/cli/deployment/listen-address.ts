import { isIP, isIPv6 } from 'node:net';
import { ENVIRONMENT } from '../../contract/environment.ts';
import { isLoopback } from '../../contract/loopback.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';

const EVERYWHERE: ReadonlySet<string> = new Set(['', '*', '0.0.0.0', '::']);
const LOOPBACK = '127.0.0.1';

/** The one address that a dashboard listens on; undefined when it listens on all of them. */
export const singleAddress = (environment: Readonly<Record<string, string>>): string | undefined => {
  const address = environment[ENVIRONMENT.webHost] ?? '';
  return EVERYWHERE.has(address) ? undefined : address;
};

/**
 * The same as an engine takes it.
 *
 * @throws CliError `usage` for a name, which an engine does not look up
 */
export const publishedAddress = (environment: Readonly<Record<string, string>>): string | undefined => {
  const address = singleAddress(environment);
  if (address === undefined || isIP(address) !== 0) {
    return address;
  }
  if (isLoopback(address)) {
    return LOOPBACK;
  }
  throw CLI_ERRORS.usage({
    what: `${address} is not an IP address, which an engine requires to publish a port on.`,
  });
};

/**
 * Returns what a container gets instead: it listens on all of its own addresses, and its engine publishes the port on
 * one.
 */
export const publishedEnvironment = (
  environment: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const address = publishedAddress(environment);
  const others = Object.entries(environment).filter(([name]) => name !== ENVIRONMENT.webHost);
  return {
    ...Object.fromEntries(others),
    ...(address === undefined ? {} : { [ENVIRONMENT.publishedHost]: address }),
  };
};

/** Returns an address as it stands in a URL. */
export const urlHost = (address: string): string => (isIPv6(address) ? `[${address}]` : address);

/** Returns how people on this host call a dashboard that listens on an address. */
export const shownHost = (address: string | undefined): string =>
  address === undefined || address === LOOPBACK ? 'localhost' : urlHost(address);
