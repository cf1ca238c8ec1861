import type { ServiceContext } from '../../context/context.ts';
import { VERSION } from '../../context/version.ts';
import type { Metric, MetricSample } from './exposition.ts';

const gauge = (name: string, help: string, value: number): Metric => ({
  name,
  type: 'gauge',
  help,
  samples: [{ value }],
});

const tasksOf = (
  queue: string,
  { running, waiting }: { readonly running: number; readonly waiting: number },
): readonly MetricSample[] => [
  { labels: { queue, state: 'running' }, value: running },
  { labels: { queue, state: 'waiting' }, value: waiting },
];

/** Registers the metrics of the process and of what waits in it. */
export const backendMetrics = ({
  rootCa,
  kitResources,
  passwords,
}: Pick<ServiceContext, 'rootCa' | 'kitResources' | 'passwords'>): readonly Metric[] => {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return [
    {
      name: 'nvflare_dashboard_info',
      type: 'gauge',
      help: 'The backend; always 1.',
      samples: [{ labels: { version: VERSION, node: process.versions.node }, value: 1 }],
    },
    gauge('nvflare_dashboard_sealed', '1 while the root key is sealed.', Number(rootCa.sealed())),
    {
      name: 'nvflare_dashboard_queue_tasks',
      type: 'gauge',
      help: 'Costly tasks under way or waiting for their turn.',
      samples: [...tasksOf('kits', kitResources.queue), ...tasksOf('passwords', passwords.queue)],
    },
    gauge('nvflare_dashboard_key_pairs_ready', 'Key pairs made ahead.', kitResources.keys.ready),
    gauge(
      'nvflare_dashboard_key_pairs_target',
      'Key pairs that are to be kept ready: one for each participant without a kit, within limits.',
      kitResources.keys.target,
    ),
    gauge('process_resident_memory_bytes', 'Memory that the process holds.', rss),
    gauge('nodejs_heap_used_bytes', 'Memory that its objects take.', heapUsed),
    gauge(
      'process_start_time_seconds',
      'When the process began, in seconds since 1970.',
      performance.timeOrigin / 1000,
    ),
    {
      name: 'process_cpu_seconds_total',
      type: 'counter',
      help: 'Processor time taken.',
      samples: [{ value: (user + system) / 1e6 }],
    },
  ];
};
