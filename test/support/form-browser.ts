import { Agent, fetch } from 'undici';

const MAX_REDIRECTS = 12;

/** A page that was reached. */
export interface Reached {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams;
}

/** Follows redirects with cookies and submits forms, as much as a log-in at a provider needs. */
export class FormBrowser {
  readonly cookies = new Map<string, string>();
  readonly #agent: Agent;

  readonly #page: string;

  /**
   * @param ca certificates of the provider, and of a proxy
   * @param page path that the page lies below
   */
  constructor(ca: string | string[], page = '/') {
    this.#page = page;
    this.#agent = new Agent({ connect: { ca } });
  }

  async #send(url: URL, { headers = {}, ...init }: Sent) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      dispatcher: this.#agent,
      headers: { ...headers, ...(cookie === '' ? {} : { cookie }) },
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1);
      const at = pair.indexOf('=');
      const value = pair.slice(at + 1);
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) {
        this.cookies.delete(pair.slice(0, at));
      } else {
        this.cookies.set(pair.slice(0, at), value);
      }
    }
    return response;
  }

  /** @param stop address whose request is not sent any more */
  async visit(address: string | URL, init: Sent = {}, stop = ''): Promise<Reached> {
    let url = new URL(address);
    let response = await this.#send(url, init);
    for (let followed = 0; followed < MAX_REDIRECTS; followed += 1) {
      const location = response.headers.get('location');
      if (location === null) {
        break;
      }
      url = new URL(location, url);
      if (stop !== '' && url.href.includes(stop)) {
        return { url, status: 0, text: '' };
      }
      response = await this.#send(url, { headers: { accept: 'text/html' } });
    }
    return { url, status: response.status, text: await response.text() };
  }

  submit(page: Reached, fields: Readonly<Record<string, string>>, stop = ''): Promise<Reached> {
    const action = (/<form[^>]* action="([^"]+)"/.exec(page.text)?.[1] ?? '').replaceAll('&amp;', '&');
    return this.visit(new URL(action, page.url), { method: 'POST', body: new URLSearchParams(fields) }, stop);
  }

  /** Calls the API as the page does. */
  async call(method: string, address: string, body?: unknown): Promise<{ status: number; json: unknown }> {
    const response = await this.#send(new URL(address), {
      method,
      headers: {
        'x-dashboard-page': this.#page,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json: unknown = await response.json();
    return { status: response.status, json };
  }
}
