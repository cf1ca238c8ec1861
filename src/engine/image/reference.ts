/** A reference, split as engines expect it. */
export interface SplitReference {
  readonly name: string;
  /** Tag, or digest (`sha256:…`). */
  readonly tag: string;
}

/** Splits `host:5000/name:tag` or `name@sha256:…`; without either the tag is `latest`. */
export const splitReference = (reference: string): SplitReference => {
  const at = reference.indexOf('@');
  if (at >= 0) {
    return { name: reference.slice(0, at), tag: reference.slice(at + 1) };
  }
  const colon = reference.lastIndexOf(':');
  return colon > reference.lastIndexOf('/')
    ? { name: reference.slice(0, colon), tag: reference.slice(colon + 1) }
    : { name: reference, tag: 'latest' };
};

/** Returns the registry of a reference: its first part when that looks like a host, else Docker Hub. */
export const registryOf = (reference: string): string => {
  const [first, ...rest] = reference.split('/');
  return rest.length > 0 && first !== undefined && (/[.:]/.test(first) || first === 'localhost')
    ? first
    : 'docker.io';
};
