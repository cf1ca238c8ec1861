const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** Returns the `code` of a system error (`ENOENT`), also when it is wrapped as a cause; undefined for any other value. */
export const errorCode = (error: unknown): string | undefined => {
  const code = field(error, 'code');
  if (typeof code === 'string') {
    return code;
  }
  const cause = field(error, 'cause');
  return cause === undefined ? undefined : errorCode(cause);
};

/** True when a path, or a folder on the way to it, does not exist. */
export const isMissing = (error: unknown): boolean => {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
};

/** True for a file, or a folder on the way to it, that this user may not open. */
export const isForbidden = (error: unknown): boolean => {
  const code = errorCode(error);
  return code === 'EACCES' || code === 'EPERM';
};
