import { z } from 'zod';
import { ADMIN, BackendProcess, type Question } from './backend-process.ts';
import { mixedRequest, numbersOf } from './mixed-requests.ts';

const TIMEOUT_MS = 20_000;
/** Kits wait for their turn for a minute at most, and then for a key. */
const KIT_TIMEOUT_MS = 100_000;
const PASSWORD = 'correct-horse-battery';
const SEED = 20_261_124;

/** Describes how much is asked. */
export interface MixedLoad {
  readonly requests: number;
  readonly atOnce: number;
  /** No request begins later than this. */
  readonly milliseconds: number;
}

/** Describes what became of the requests. */
export interface MixedResponses {
  readonly asked: number;
  /** Requests whose sender hung up on purpose. */
  readonly hungUp: number;
  /** Those that had no answer after 20 s, kits after 100 s. */
  readonly unanswered: readonly string[];
  /** Connections that broke. */
  readonly broken: readonly string[];
  /** Answers that tell of a failure on our side; 503 with Retry-After is none. */
  readonly failed: readonly string[];
  readonly statuses: Readonly<Record<number, number>>;
  /** Milliseconds of the slowest answer but for kits. */
  readonly slowest: number;
}

const identities = async (backend: BackendProcess): Promise<readonly [string, ...string[]]> => {
  const admin = await backend.logIn(ADMIN.email, ADMIN.password);
  const project = { short_name: 'demo', server1: 'server.example.org', key_bits: 2048, public: true };
  await backend.ask({ method: 'PATCH', path: '/project', token: admin, body: project });
  const tokens: string[] = [];
  for (const [role, approval] of [
    ['org_admin', 100],
    ['org_admin', 0],
    ['lead', 100],
    ['member', 100],
  ] as const) {
    const email = `${role}-${approval}@example.org`;
    const body = { email, password: PASSWORD, role, organization: 'hospital' };
    const { json } = await backend.ask({ method: 'POST', path: '/users', body });
    const { user } = z.object({ user: z.object({ id: z.number() }) }).parse(json);
    await backend.ask({
      method: 'PATCH',
      path: `/users/${user.id}`,
      token: admin,
      body: { approval_state: approval },
    });
    tokens.push(await backend.logIn(email, PASSWORD));
  }
  return [admin, ...tokens, ''];
};

/**
 * Asks for everything in a mix, many requests at once, as several identities; some hang up before they are answered.
 */
export const askMixed = async ({ requests, atOnce, milliseconds }: MixedLoad): Promise<MixedResponses> => {
  const backend = await BackendProcess.prepare();
  const unanswered: string[] = [];
  const broken: string[] = [];
  const failed: string[] = [];
  const statuses: Record<number, number> = {};
  let asked = 0;
  let hungUp = 0;
  let slowest = 0;
  try {
    await backend.start();
    const tokens = await identities(backend);
    const random = numbersOf(SEED);
    const until = performance.now() + milliseconds;
    const ask = async (question: Question, hurry: number | undefined): Promise<void> => {
      const what = `${question.method} ${question.path}`;
      const began = performance.now();
      const timeoutMs = hurry ?? (question.path.endsWith('/blob') ? KIT_TIMEOUT_MS : TIMEOUT_MS);
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const { status, headers, body } = await backend.ask({ ...question, signal });
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (status >= 500 && !(status === 503 && headers['retry-after'] !== undefined)) {
          failed.push(`${what}: ${status} ${body.toString('utf8').slice(0, 200)}`);
        }
        if (!question.path.endsWith('/blob')) {
          slowest = Math.max(slowest, performance.now() - began);
        }
      } catch (error) {
        if (!signal.aborted) {
          broken.push(`${what}: ${String(error)}`);
        } else if (hurry !== undefined) {
          hungUp += 1;
        } else {
          unanswered.push(what);
        }
      }
    };
    const sender = async (): Promise<void> => {
      while (asked < requests && performance.now() < until) {
        asked += 1;
        // The admin asks as often as all others together: to them most is forbidden.
        const token = random(2) === 0 ? tokens[0] : (tokens[random(tokens.length)] ?? '');
        const hurry = random(20) === 0 ? 1 + random(200) : undefined;
        await ask({ ...mixedRequest(random, asked), token }, hurry);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, sender));
  } finally {
    await backend.remove();
  }
  return { asked, hungUp, unanswered, broken, failed, statuses, slowest };
};
