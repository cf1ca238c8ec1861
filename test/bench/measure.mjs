// One dashboard from start to stop: what it costs and what it gives, over its HTTP API alone.
import { ADMIN } from './backends.mjs';
import { ask, connect, during, load } from './load.mjs';
import { rsaRate, scryptRate } from './machine.mjs';
import { memory, untilIdle } from './process-figures.mjs';

const SITES = 1000;
const KIT_SITES = 8;
export const PIN = 'abcd2345';
const READ_SECONDS = 3;
/** Requests before the ones that count, alike for both dashboards: what runs first is compiled and cached first. */
const WARM_UP = { sites: 200, seconds: 1 };
/** Both dashboards count log-ins under way against an account's failures or serve it one after the other. */
const USERS = 16;
const LOGIN_SECONDS = 4;
/** Longest time a stock of 4096-bit pairs takes to be refilled on one slow core. */
const REFILL_SECONDS = 60;

export const must = async (pool, request) => {
  const response = await ask(pool, request);
  if (response.status < 200 || response.status > 299) {
    throw new Error(
      `${request.method ?? 'GET'} ${request.path}: ${response.status} ${response.bytes.toString('utf8')}`,
    );
  }
  return JSON.parse(response.bytes.toString('utf8'));
};

export const site = (number) => ({
  name: `site-${number}`,
  organization: 'Hospital',
  description: 'A site of the bench',
  capacity: { num_of_gpus: 1, mem_per_gpu_in_GiB: 8 },
});

export const user = (number) => ({
  name: `User ${number}`,
  email: `user-${number}@example.org`,
  password: `purple-kettle-${number}`,
  organization: 'Hospital',
  role: 'member',
  description: '',
});

/** Registers the sites (that is the writing load) and some users, freezes, and approves those whose kits are made. */
const prepare = async (backend, pool, settings) => {
  const { origin, prefix } = backend;
  const path = `${prefix}/login`;
  const { access_token: token } = await must(pool, { method: 'POST', path, body: ADMIN });
  const project = { short_name: 'bench', server1: 'server.example.org', public: true, ...settings };
  const change = (body) => must(pool, { method: 'PATCH', path: `${prefix}/project`, token, body });
  await change(project);
  const logins = [];
  for (let number = 0; number < USERS; number += 1) {
    const { email, password } = user(number);
    await must(pool, { method: 'POST', path: `${prefix}/users`, token, body: user(number) });
    logins.push({ method: 'POST', path, body: { email, password } });
  }
  const register = (number) => ({ method: 'POST', path: `${prefix}/clients`, token, body: site(number) });
  await load(origin, register, { atOnce: 16, count: WARM_UP.sites });
  const measured = (number) => register(WARM_UP.sites + number);
  const writes = await load(origin, measured, { atOnce: 16, count: SITES - WARM_UP.sites });
  const registered = async () => (await must(pool, { path: `${prefix}/clients`, token })).client_list;
  let sites = await registered();
  for (let extra = SITES; sites.length < SITES && extra < 2 * SITES; extra += 1) {
    await must(pool, register(extra));
    if (extra % 50 === 0 || extra - SITES >= SITES - sites.length - 1) {
      sites = await registered();
    }
  }
  await change({ ...project, frozen: true });
  const chosen = sites.slice(0, KIT_SITES).map(({ id }) => id);
  for (const id of chosen) {
    await must(pool, {
      method: 'PATCH',
      path: `${prefix}/clients/${id}`,
      token,
      body: { approval_state: 100 },
    });
  }
  const kit = (number) => ({
    method: 'POST',
    path: `${prefix}/clients/${chosen[number % chosen.length]}/blob`,
    token,
    body: { pin: PIN },
  });
  return {
    logins,
    token,
    writes,
    kit,
    one: { path: `${prefix}/clients/${chosen[0]}`, token },
    entries: sites.length,
  };
};

const reads = async (origin, request) => ({
  warm_up: await load(origin, () => request, { atOnce: 4, seconds: WARM_UP.seconds }),
  at_1: await load(origin, () => request, { atOnce: 1, seconds: READ_SECONDS }),
  at_16: await load(origin, () => request, { atOnce: 16, seconds: READ_SECONDS }),
});

/** Kits with a full stock of key pairs, and then at once more of them, when the stock is empty. */
const kitsAt = async (backend, kit, atOnce, { warm, exhausted, drain }) => {
  await untilIdle(backend.pid, REFILL_SECONDS);
  const full = await load(backend.origin, kit, { atOnce, count: warm });
  if (drain > 0) {
    await load(backend.origin, kit, { atOnce: 16, count: drain });
  }
  return { warm: full, exhausted: await load(backend.origin, kit, { atOnce, count: exhausted }) };
};

/** Kit figures of one key size: pairs a second of the machine beside them. */
const kitFigures = async (backend, kit, { bits, counts }) => {
  await untilIdle(backend.pid, REFILL_SECONDS);
  const machine_keys_per_second = await rsaRate(bits, 5);
  const figures = {};
  for (const [atOnce, count] of counts) {
    figures[`at_${atOnce}`] = await kitsAt(backend, kit, atOnce, count);
  }
  await untilIdle(backend.pid, REFILL_SECONDS);
  const machine_keys_per_second_after = await rsaRate(bits, 5);
  return { key_bits: bits, machine_keys_per_second, machine_keys_per_second_after, ...figures };
};

/**
 * The whole measurement of a started dashboard.
 *
 * @param plan which kits are made, how many, and `rush`: as many at once in the end
 */
export const measure = async (backend, plan) => {
  const { origin, prefix, pid, start_ms } = backend;
  const pool = connect(origin, 1);
  try {
    await untilIdle(pid, 5);
    const idle_mib = memory(pid).now_mib;
    const { logins, token, writes, kit, one, entries } = await prepare(backend, pool, plan.settings);
    await untilIdle(pid, REFILL_SECONDS);
    const login = (number) => logins[number % logins.length];
    const list = { path: `${prefix}/clients`, token };
    const page = { path: `${prefix}/clients?limit=25&offset=500`, token };
    const figures = {
      start_ms,
      idle_mib,
      writes_at_16: writes,
      read_one: await reads(origin, one),
      list_entries: entries,
      read_list: await reads(origin, list),
      ...(plan.paged ? { read_page: await reads(origin, page) } : {}),
      logins: {
        machine_hashes_per_second: await scryptRate(LOGIN_SECONDS),
        at_1: await load(origin, login, { atOnce: 1, seconds: LOGIN_SECONDS }),
        at_8: await load(origin, login, { atOnce: 8, seconds: LOGIN_SECONDS }),
      },
      peak_without_kits_mib: memory(pid).peak_mib,
      kits: await kitFigures(backend, kit, plan),
    };
    const eight = () => load(origin, kit, { atOnce: 8, count: plan.whileReading });
    const { watched: reads_while_8_kits } = await during(origin, one, eight);
    const rush = await during(origin, { path: plan.healthPath ?? `${prefix}/project` }, () =>
      load(origin, kit, { atOnce: plan.rush, count: plan.rush }),
    );
    const peak_mib = memory(pid).peak_mib;
    return { ...figures, reads_while_8_kits, rush: { kits: rush.result, health: rush.watched }, peak_mib };
  } finally {
    await pool.destroy();
  }
};

const HTTPS_SITES = 100;

/** Returns what encryption costs: reads of one site and of a list, and log-ins, on a freshly started dashboard. */
export const measureHttps = async (backend) => {
  const { origin, prefix } = backend;
  const pool = connect(origin, 1);
  try {
    const login = { method: 'POST', path: `${prefix}/login`, body: ADMIN };
    const { access_token: token } = await must(pool, login);
    const project = { short_name: 'bench', server1: 'server.example.org', public: true };
    await must(pool, { method: 'PATCH', path: `${prefix}/project`, token, body: project });
    for (let number = 0; number < HTTPS_SITES; number += 1) {
      await must(pool, { method: 'POST', path: `${prefix}/clients`, token, body: site(number) });
    }
    const list = { path: `${prefix}/clients`, token };
    const [{ id }] = (await must(pool, list)).client_list;
    const read = (request) => load(origin, () => request, { atOnce: 8, seconds: READ_SECONDS });
    return {
      'one object, 8 at once': await read({ path: `${prefix}/clients/${id}`, token }),
      'list of 100, 8 at once': await read(list),
    };
  } finally {
    await pool.destroy();
  }
};

/** Kits alone, on a freshly started dashboard, for a further key size. */
export const measureKits = async (backend, plan) => {
  const pool = connect(backend.origin, 1);
  try {
    const { prefix } = backend;
    const { access_token: token } = await must(pool, {
      method: 'POST',
      path: `${prefix}/login`,
      body: ADMIN,
    });
    const body = { short_name: 'bench', server1: 'server.example.org', frozen: true, ...plan.settings };
    await must(pool, { method: 'PATCH', path: `${prefix}/project`, token, body });
    const kit = () => ({ method: 'POST', path: `${prefix}/servers/1/blob`, token, body: { pin: PIN } });
    return await kitFigures(backend, kit, plan);
  } finally {
    await pool.destroy();
  }
};
