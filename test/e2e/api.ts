import { Agent, fetch } from 'undici';
import { z } from 'zod';

/** An answer of the backend as scripts get it. */
export interface ApiResponse {
  readonly status: number;
  readonly body: Buffer;
  readonly json: unknown;
  readonly headers: ReadonlyMap<string, string>;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The API as scripts use it: a bearer token, JSON in and out. */
export class Api {
  private readonly origin: string;
  private readonly agent: Agent;
  private readonly token: string | undefined;

  /** @param certificate PEM which HTTPS must be answered with */
  constructor(origin: string, certificate?: string, token?: string) {
    this.origin = origin;
    this.agent = new Agent({ connect: certificate === undefined ? {} : { ca: certificate } });
    this.token = token;
  }

  async send(method: string, path: string, body?: unknown): Promise<ApiResponse> {
    const response = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      dispatcher: this.agent,
      headers: {
        connection: 'close',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return {
      status: response.status,
      body: bytes,
      json: parse(bytes.toString('utf8')),
      headers: new Map(response.headers),
    };
  }

  /** @throws Error unless the answer is a success */
  async must(method: string, path: string, body?: unknown): Promise<ApiResponse> {
    const response = await this.send(method, path, body);
    if (response.status >= 300) {
      throw new Error(
        `${method} ${path}: ${response.status} ${response.body.toString('utf8').slice(0, 500)}`,
      );
    }
    return response;
  }

  /** Whether this password is the account's. */
  async logIn(email: string, password: string, certificate?: string): Promise<Api> {
    const { json } = await this.must('POST', '/login', { email, password });
    const { access_token } = z.object({ access_token: z.string() }).parse(json);
    return new Api(this.origin, certificate, access_token);
  }

  async close(): Promise<void> {
    await this.agent.close();
  }
}
