// "The project is frozen, and 30 sites and 60 people download that morning": both dashboards, each key size.
import { performance } from 'node:perf_hooks';
import { ADMIN } from './backends.mjs';
import { ask, connect, percentile } from './load.mjs';
import { must, PIN, site, user } from './measure.mjs';
import { untilIdle } from './process-figures.mjs';

const SITES = 30;
const PEOPLE = 60;
/** The morning, in short: a kit every second. */
const MORNING_SECONDS = 90;
const AHEAD_SECONDS = 240;

/** The same sequence of numbers below 1 for both dashboards (mulberry32). */
const numbers = (seed) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Registers and approves everybody, then freezes. */
const prepare = async ({ prefix }, pool, bits) => {
  const { access_token: token } = await must(pool, { method: 'POST', path: `${prefix}/login`, body: ADMIN });
  const send = (method, path, body) => must(pool, { method, path: `${prefix}${path}`, token, body });
  const project = { short_name: 'bench', server1: 'server.example.org', public: true };
  await send('PATCH', '/project', bits === undefined ? project : { ...project, key_bits: bits });
  for (let number = 0; number < SITES; number += 1) {
    await send('POST', '/clients', site(number));
  }
  for (let number = 0; number < PEOPLE; number += 1) {
    await send('POST', '/users', user(number));
  }
  const { client_list: sites } = await send('GET', '/clients');
  const users = (await send('GET', '/users')).user_list.filter(({ email }) => email.startsWith('user-'));
  const paths = [...sites.map(({ id }) => `/clients/${id}`), ...users.map(({ id }) => `/users/${id}`)];
  for (const path of paths) {
    await send('PATCH', path, { approval_state: 100 });
  }
  await send('PATCH', '/project', { ...project, frozen: true });
  return paths.map((path) => ({ method: 'POST', path: `${prefix}${path}/blob`, token, body: { pin: PIN } }));
};

const figureOf = (responses, seconds) => {
  const good = responses.filter(({ status }) => status >= 200 && status < 300);
  const times = good.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const failed = responses.length - good.length;
  return {
    responses: times.length,
    per_second: times.length / seconds,
    p50_ms: percentile(times, 0.5),
    p99_ms: percentile(times, 0.99),
    ...(failed === 0 ? {} : { failed }),
  };
};

/**
 * Downloads each participant's kit once, at moments spread over the morning, whether the one before has come or not.
 *
 * @param bits asks our dashboard for keys of that size; undefined leaves it as it is
 */
export const measureMorning = async (backend, bits) => {
  const pool = connect(backend.origin, SITES + PEOPLE);
  try {
    const kits = await prepare(backend, pool, bits);
    const frozen = performance.now();
    await untilIdle(backend.pid, AHEAD_SECONDS);
    const ahead_seconds = (performance.now() - frozen) / 1000;
    const next = numbers(1);
    const began = performance.now();
    const responses = await Promise.all(
      kits.map(async (kit) => {
        await new Promise((resolve) => setTimeout(resolve, next() * MORNING_SECONDS * 1000));
        return ask(pool, kit);
      }),
    );
    return { ...figureOf(responses, (performance.now() - began) / 1000), ahead_seconds };
  } finally {
    await pool.destroy();
  }
};
