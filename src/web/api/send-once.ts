type Send = (request: Request) => Promise<Response>;

/** A page that is not shown draws no frames. */
const MAX_REDRAW_MS = 500;

/** Resolves when the page shows what has come of a request that just ended. */
const pageIsRedrawn = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, MAX_REDRAW_MS);
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
  });

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a request asks for; undefined for files, which are too large to compare and never pressed twice alike. */
const contentOf = async (request: Request): Promise<string | undefined> => {
  if (request.body === null) {
    return '';
  }
  const isJson = request.headers.get('content-type')?.startsWith('application/json') ?? false;
  return isJson ? request.clone().text() : undefined;
};

/**
 * Sends a write once although its button is pressed twice, or Enter twice, before the page is redrawn; both presses get
 * the same response. Whatever else is written in between makes the second one another request: a setting may be changed
 * there and back.
 *
 * @param send sends a request
 * @param redrawn resolves when a press is a new one, after a response that went well
 */
export const sendOnce = (send: Send, redrawn = pageIsRedrawn): Send => {
  let last: { readonly key: string; readonly sent: Promise<Response> } | undefined;
  const begin = (key: string, request: Request): Promise<Response> => {
    const write = { key, sent: send(request) };
    const forget = () => {
      last = last === write ? undefined : last;
    };
    last = write;
    write.sent.then(({ ok }) => (ok ? redrawn() : undefined)).then(forget, forget);
    return write.sent;
  };
  return async (request) => {
    const content = SAFE.has(request.method) ? undefined : await contentOf(request);
    if (content === undefined) {
      return send(request);
    }
    const key = [request.method, request.url, request.headers.get('if-match') ?? '', content].join('\n');
    const sent = last?.key === key ? last.sent : begin(key, request);
    return (await sent).clone();
  };
};
