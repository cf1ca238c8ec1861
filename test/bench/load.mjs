// Load over loopback HTTP: a fixed number of requests at once, each one timed, none hidden.
import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';

/** The value below which `share` of the sorted times lie. */
export const percentile = (sorted, share) =>
  sorted.length === 0 ? undefined : sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];

/** Opens as many connections to `origin` as may be needed at once. */
export const connect = (origin, connections) =>
  new Pool(origin, {
    connections,
    pipelining: 1,
    headersTimeout: 240_000,
    bodyTimeout: 240_000,
    // The certificate is the bench's own.
    connect: { rejectUnauthorized: false },
  });

/** One request; its whole body is read. Gives status, bytes, JSON text and milliseconds; an error counts as status 0. */
export const ask = async (pool, { method = 'GET', path, token, body }) => {
  const began = performance.now();
  try {
    const response = await pool.request({
      method,
      path,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.body.arrayBuffer());
    return { status: response.statusCode, bytes, milliseconds: performance.now() - began };
  } catch (error) {
    return { status: 0, bytes: Buffer.from(String(error)), milliseconds: performance.now() - began };
  }
};

/**
 * Asks `next(i)` over and over, `atOnce` at a time, until `count` requests are answered or `seconds` have gone by.
 * Gives the rate of good answers, p50 and p99 in milliseconds, and how many were not good, by status.
 */
export const load = async (origin, next, { atOnce, count = Infinity, seconds = Infinity }) => {
  const pool = connect(origin, atOnce);
  const times = [];
  const failures = {};
  const began = performance.now();
  const ends = began + seconds * 1000;
  let asked = 0;
  const one = async () => {
    while (asked < count && performance.now() < ends) {
      const response = await ask(pool, next(asked++));
      if (response.status >= 200 && response.status < 300) {
        times.push(response.milliseconds);
      } else {
        failures[response.status] = (failures[response.status] ?? 0) + 1;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  const took = (performance.now() - began) / 1000;
  await pool.destroy();
  times.sort((a, b) => a - b);
  return {
    at_once: atOnce,
    responses: times.length,
    per_second: times.length / took,
    p50_ms: percentile(times, 0.5),
    p99_ms: percentile(times, 0.99),
    ...(Object.keys(failures).length === 0 ? {} : { failures }),
  };
};

/** Asks one thing again and again, one at a time, while `work` runs; gives what `work` gave and the answers' times. */
export const during = async (origin, request, work) => {
  const pool = connect(origin, 1);
  const times = [];
  let failed = 0;
  let running = true;
  const watch = (async () => {
    while (running) {
      const response = await ask(pool, request);
      if (response.status === 200) {
        times.push(response.milliseconds);
      } else {
        failed += 1;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  const result = await work();
  running = false;
  await watch;
  await pool.destroy();
  times.sort((a, b) => a - b);
  const watched = {
    responses: times.length,
    failed,
    p50_ms: percentile(times, 0.5),
    p99_ms: percentile(times, 0.99),
  };
  return { result, watched };
};
