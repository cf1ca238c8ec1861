/** The value of a cookie in a request's `Cookie` header; undefined where there is none. */
export const cookieOf = (header: string | undefined, wanted: string): string | undefined => {
  for (const pair of header?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === wanted && value !== undefined && value !== '') return value;
  }
  return undefined;
};

/** `Set-Cookie` of a cookie that no script and no other site can use; 0 seconds delete it. */
export const setCookie = (name: string, value: string, seconds: number, secure: boolean): string =>
  `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
