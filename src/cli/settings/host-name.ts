const LABEL = /^(?!-)[a-z\d-]{1,63}(?<!-)$/i;

/** True for a host name of DNS, with `*.` before it or not; not for an IP address. */
export const isHostName = (name: string): boolean =>
  name.length <= 253 &&
  name
    .replace(/^\*\./, '')
    .split('.')
    .every((label) => LABEL.test(label));
