import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { prepareHelm } from '../prepare/helm.js';
import { prepareKubernetes } from '../prepare/kubernetes.js';
import { until } from '../support/until.ts';
import { ControlPlane } from './control-plane.ts';
import type { Reached, Row, Say } from './row.ts';

const CHART = join(import.meta.dirname, '..', '..', 'deploy', 'helm', 'nvflare-dashboard');
const WAIT_MS = 120_000;
const NODES = 3;

/** Everything the chart can switch on, but the ServiceMonitor, whose kind belongs to the Prometheus operator. */
const SETTINGS = {
  postgresql: [
    'ingress.enabled=true',
    'autoscaling.enabled=true',
    'autoscaling.minReplicas=3',
    'metrics.enabled=true',
    'backup.enabled=true',
    'backup.existingClaim=dumps',
    'backup.serviceSecret=database-service',
    'databaseCaSecret=database-ca',
    'publicUrl=https://dashboard.example.org',
    'trustedProxies=10.0.0.0/8',
  ],
  sqlite: ['storage=sqlite'],
} as const;
type Storage = keyof typeof SETTINGS;

const KubeObject = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});
type KubeObject = z.infer<typeof KubeObject>;

const Pods = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
      spec: z.object({ nodeName: z.string().optional() }),
      status: z.object({ phase: z.string() }),
    }),
  ),
});
const Resources = z.object({ resources: z.array(z.object({ name: z.string(), kind: z.string() })) });
const Deployment = z.object({
  metadata: z.object({ generation: z.number() }),
  status: z.object({
    observedGeneration: z.number().default(0),
    updatedReplicas: z.number().default(0),
    readyReplicas: z.number().default(0),
  }),
});
const Budget = z.object({ status: z.object({ disruptionsAllowed: z.number() }) });
const CronJob = z.object({ spec: z.object({ jobTemplate: z.object({ spec: z.unknown() }) }) });

const render = (helm: string, storage: Storage, more: readonly string[] = []): readonly KubeObject[] => {
  const settings = [...SETTINGS[storage], ...more].flatMap((one) => ['--set', one]);
  const { status, stdout, stderr } = spawnSync(
    helm,
    ['template', 'study', CHART, '--namespace', storage, '--kube-version', '1.36.0', ...settings],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(stderr);
  }
  return parseAllDocuments(stdout, { version: '1.1' })
    .map((document) => z.unknown().parse(document.toJS()))
    .filter((document) => document !== null)
    .map((document) => KubeObject.parse(document));
};

/** A study in a real API server. */
class Trial {
  readonly wrong: string[] = [];
  readonly #cluster: ControlPlane;
  readonly #resources = new Map<string, string>();
  accepted = 0;

  constructor(cluster: ControlPlane) {
    this.#cluster = cluster;
  }

  expect(text: string, holds: boolean): void {
    if (!holds) {
      this.wrong.push(text);
    }
  }

  /** Creates a namespace that refuses pods which are not restricted, or an object outside of namespaces. */
  async create(path: string, body: object): Promise<void> {
    const { status, json } = await this.#cluster.ask('POST', path, body);
    this.expect(`${path} refused: ${JSON.stringify(json)}`, status === 201);
  }

  async apply(namespace: string, object: KubeObject): Promise<void> {
    const path = await this.#pathOf(namespace, object);
    const query = 'fieldManager=soak&force=true&fieldValidation=Strict';
    const { status, warnings, json } = await this.#cluster.ask('PATCH', `${path}?${query}`, object);
    const name = `${object.kind} ${object.metadata.name}`;
    this.expect(`${name}: ${status} ${JSON.stringify(json)}`, status === 200 || status === 201);
    this.expect(`${name}: ${warnings.join('; ')}`, warnings.length === 0);
    this.accepted += 1;
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return schema.parse((await this.#cluster.ask('GET', path)).json);
  }

  /** Waits until all pods of a deployment are of its present form and ready. */
  async ready(namespace: string, name: string, replicas: number): Promise<void> {
    await until(async () => {
      const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;
      const { metadata, status } = await this.get(path, Deployment);
      return (
        status.observedGeneration === metadata.generation &&
        status.updatedReplicas === replicas &&
        status.readyReplicas === replicas
      );
    }, WAIT_MS);
  }

  async #pathOf(namespace: string, { apiVersion, kind, metadata }: KubeObject): Promise<string> {
    const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    if (!this.#resources.has(`${apiVersion} ${kind}`)) {
      const { resources } = await this.get(group, Resources);
      for (const resource of resources.filter(({ name }) => !name.includes('/'))) {
        this.#resources.set(`${apiVersion} ${resource.kind}`, resource.name);
      }
    }
    const plural = this.#resources.get(`${apiVersion} ${kind}`) ?? 'unknown';
    return `${group}/namespaces/${namespace}/${plural}/${metadata.name}`;
  }
}

const restricted = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name,
    labels: Object.fromEntries(
      ['enforce', 'warn', 'audit'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']),
    ),
  },
});

const node = (index: number): object => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: `node-${index}`, labels: { 'kubernetes.io/hostname': `node-${index}` } },
  status: {
    allocatable: { cpu: '8', memory: '16Gi', pods: '110' },
    capacity: { cpu: '8', memory: '16Gi', pods: '110' },
  },
});

const VOLUME = {
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'disk' },
  spec: {
    capacity: { storage: '10Gi' },
    accessModes: ['ReadWriteOnce'],
    hostPath: { path: '/srv/disk' },
    persistentVolumeReclaimPolicy: 'Retain',
  },
};

const CLAIM = KubeObject.parse({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'dumps' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } } },
});

/** Applies the chart, lets its pods be scheduled, and replaces them. */
const runStudy = async (cluster: ControlPlane, helm: string): Promise<Trial> => {
  const trial = new Trial(cluster);
  for (let index = 0; index < NODES; index += 1) {
    await trial.create('/api/v1/nodes', node(index));
  }
  for (const name of ['disk', 'dumps-disk']) {
    await trial.create('/api/v1/persistentvolumes', { ...VOLUME, metadata: { name } });
  }
  for (const storage of ['postgresql', 'sqlite'] as const) {
    await trial.create('/api/v1/namespaces', restricted(storage));
  }
  await until(
    async () =>
      (await cluster.ask('GET', '/api/v1/namespaces/sqlite/serviceaccounts/default')).status === 200,
    WAIT_MS,
  );
  const unrestricted = await cluster.ask('POST', '/api/v1/namespaces/postgresql/pods', {
    metadata: { name: 'unrestricted' },
    spec: { containers: [{ name: 'one', image: 'any' }] },
  });
  trial.expect(
    `a pod without restrictions: ${unrestricted.status} ${JSON.stringify(unrestricted.json)}`,
    unrestricted.status === 403 && JSON.stringify(unrestricted.json).includes('violates PodSecurity'),
  );

  await trial.apply('postgresql', CLAIM);
  for (const storage of ['postgresql', 'sqlite'] as const) {
    for (const object of render(helm, storage)) {
      await trial.apply(storage, object);
    }
  }
  const name = render(helm, 'postgresql').find(({ kind }) => kind === 'Deployment')?.metadata.name ?? '';
  await trial.ready('postgresql', name, 3);
  await trial.ready('sqlite', name, 1);
  const pods = await trial.get('/api/v1/namespaces/postgresql/pods', Pods);
  const nodes = new Set(pods.items.map(({ spec }) => spec.nodeName));
  trial.expect(`three replicas on ${nodes.size} nodes`, nodes.size === NODES);
  const budget = `/apis/policy/v1/namespaces/postgresql/poddisruptionbudgets/${name}`;
  trial.expect(
    'the budget does not count the pods',
    await until(async () => (await trial.get(budget, Budget)).status.disruptionsAllowed === 2, WAIT_MS),
  );

  const [deployment] = render(helm, 'postgresql', ['image.tag=next']).filter(
    ({ kind }) => kind === 'Deployment',
  );
  await trial.apply('postgresql', KubeObject.parse(deployment));
  await trial.ready('postgresql', name, 3);

  const [cron] = render(helm, 'postgresql').filter(({ kind }) => kind === 'CronJob');
  await trial.create('/apis/batch/v1/namespaces/postgresql/jobs', {
    metadata: { name: 'backup-now' },
    spec: CronJob.parse(cron).spec.jobTemplate.spec,
  });
  await until(async () => {
    const { items } = await trial.get('/api/v1/namespaces/postgresql/pods', Pods);
    const job = items.find(
      ({ metadata }) => metadata.labels['batch.kubernetes.io/job-name'] === 'backup-now',
    );
    return job?.spec.nodeName !== undefined;
  }, WAIT_MS);
  return trial;
};

const measure = async (say: Say): Promise<Reached> => {
  const [helm, kubernetes] = [prepareHelm(), prepareKubernetes()];
  if (helm.reason !== undefined || kubernetes.reason !== undefined) {
    const reason = helm.reason ?? kubernetes.reason ?? '';
    return { figure: `not measured: ${reason}`, met: false, skipped: true };
  }
  const cluster = new ControlPlane(kubernetes.programs);
  try {
    await cluster.start();
    const { accepted, wrong } = await runStudy(cluster, helm.helm);
    wrong.forEach(say);
    return {
      figure: `${accepted} objects accepted, scheduled on ${NODES} nodes and replaced; ${wrong.length} things wrong`,
      met: wrong.length === 0,
    };
  } finally {
    await cluster.stop();
  }
};

/** Rows about the Helm chart in a real control plane. */
export const KUBERNETES_ROWS: readonly Row[] = [
  {
    area: 'operation',
    promise:
      'Kubernetes accepts every object of the Helm chart where PodSecurity is restricted, and schedules its pods',
    figure: 'tried with kube-apiserver, controllers and scheduler',
    shown: { name: 'kubernetes', measure },
  },
];
