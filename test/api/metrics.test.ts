import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { BackendProcess } from '../soak/backend-process.ts';

const Document = z.object({ paths: z.record(z.string(), z.unknown()) });
/** A comment, or a name with labels and a number. */
const LINE =
  /^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{\w+="(?:[^"\\]|\\.)*"(?:,\w+="(?:[^"\\]|\\.)*")*\})? [\d.e+-]+)$/;

let backend: BackendProcess | undefined;
afterEach(() => backend?.remove());

const started = async (environment: Readonly<Record<string, string>>): Promise<BackendProcess> => {
  backend = await BackendProcess.prepare({ environment });
  await backend.start();
  return backend;
};

const valueOf = (text: string, name: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length),
  );

it('gives figures in the text format of Prometheus when they are asked for', async () => {
  const { url } = await started({ NVFL_METRICS: '1' });
  for (let count = 0; count < 3; count += 1) {
    await fetch(`${url}/api/v1/users/7`);
  }
  await fetch(`${url}/api/v1/"there\\is}nothing`);
  const response = await fetch(`${url}/metrics`);
  const text = await response.text();
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(
    text
      .trimEnd()
      .split('\n')
      .filter((line) => !LINE.test(line)),
  ).toEqual([]);
  const labels = 'method="GET",route="/api/v1/users/:id",status="4xx"';
  const times = 'nvflare_dashboard_request_duration_seconds';
  expect(valueOf(text, `${times}_count{${labels}}`)).toBe(3);
  expect(valueOf(text, `${times}_bucket{${labels},le="+Inf"}`)).toBe(3);
  expect(valueOf(text, `${times}_sum{${labels}}`)).toBeGreaterThan(0);
  expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(10 * 1024 * 1024);
  expect(valueOf(text, 'nvflare_dashboard_sealed')).toBe(0);
  expect(valueOf(text, 'nvflare_dashboard_queue_tasks{queue="kits",state="waiting"}')).toBe(0);
  expect(text).not.toContain('nothing');
  const document = Document.parse(await (await fetch(`${url}/openapi.json`)).json());
  expect(Object.keys(document.paths)).toContain('/metrics');
}, 60_000);

it('has no figures for anybody unless they are asked for', async () => {
  const { url } = await started({});
  for (const accept of ['*/*', 'text/html', 'text/plain']) {
    const response = await fetch(`${url}/metrics`, { headers: { accept } });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'application/json; charset=utf-8',
    ]);
  }
  const document = Document.parse(await (await fetch(`${url}/openapi.json`)).json());
  expect(Object.keys(document.paths)).not.toContain('/metrics');
}, 60_000);
