const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = `127(?:\\.${OCTET}){3}`;
/** In full, short, and as IPv4 within IPv6, which URLs write in hexadecimal. */
const IPV6 = `(?:::1|(?:0:){7}1|::ffff:(?:${IPV4}|7f[0-9a-f]{2}:[0-9a-f]{1,4}))`;
const LOOPBACK = new RegExp(`^(?:localhost|${IPV4}|${IPV6}|\\[${IPV6}\\])$`, 'i');

/**
 * True for a host that connections do not leave this machine for. Names that only begin like one, such as
 * `127.example.org`, belong to others.
 *
 * @param host as in a URL, an IPv6 address with brackets or without
 */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);
