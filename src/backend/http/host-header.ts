const HOST = /^[\w.-]+(?::\d+)?$|^\[[\da-f:.]+\](?::\d+)?$/i;

/** Returns whether a Host header names a host, with a port or without (RFC 9110, 7.2); it may also be empty. */
export const namesHost = (header: string): boolean => header === '' || HOST.test(header);
