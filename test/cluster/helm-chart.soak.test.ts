import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { CONTAINER, ENVIRONMENT, SECRET_FILES } from '../../src/contract/environment.ts';
import { prepareHelm } from '../prepare/helm.js';
import { BackendProcess } from '../soak/backend-process.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CHART = join(ROOT, 'deploy', 'helm', 'nvflare-dashboard');
const prepared = prepareHelm();
const { reason } = prepared;
const helm = prepared.reason === undefined ? prepared.helm : '';

const Labels = z.record(z.string(), z.string());
const Probe = z.object({ httpGet: z.object({ path: z.string() }) });
const Container = z.object({
  securityContext: z.object({}).loose(),
  env: z.array(z.object({ name: z.string(), value: z.string().optional() })),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() }).loose()),
});
const Dashboard = Container.extend({ startupProbe: Probe, livenessProbe: Probe, readinessProbe: Probe });
const podWith = <T extends z.ZodType>(container: T) =>
  z.object({
    automountServiceAccountToken: z.literal(false),
    securityContext: z.object({}).loose(),
    terminationGracePeriodSeconds: z.number().optional(),
    containers: z.tuple([container]),
    volumes: z.array(z.object({ name: z.string() }).loose()),
  });
const Deployment = z.object({
  spec: z.object({
    replicas: z.number().optional(),
    strategy: z.object({ type: z.string() }).loose(),
    selector: z.object({ matchLabels: Labels }),
    template: z.object({ metadata: z.object({ labels: Labels }), spec: podWith(Dashboard) }),
  }),
});
const CronJob = z.object({
  spec: z.object({
    jobTemplate: z.object({ spec: z.object({ template: z.object({ spec: podWith(Container) }) }) }),
  }),
});
const Kind = z.object({ kind: z.string() });

const settings = (values: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(values).flatMap(([name, value]) => ['--set', `${name}=${value}`]);

const runHelm = (values: Readonly<Record<string, string>>) => {
  const args = ['template', 'study', CHART, '--kube-version', '1.31.0', ...settings(values)];
  const { status, stdout, stderr } = spawnSync(helm, args, { encoding: 'utf8' });
  return { status, stdout, stderr };
};

const render = (values: Readonly<Record<string, string>> = {}): ReadonlyMap<string, unknown> => {
  const { status, stdout, stderr } = runHelm(values);
  expect([status, stderr]).toEqual([0, '']);
  const documents = parseAllDocuments(stdout, { version: '1.1' })
    .map((document) => z.unknown().parse(document.toJS()))
    .filter((document) => document !== null);
  return new Map(documents.map((document) => [Kind.parse(document).kind, document]));
};

const EVERYTHING = {
  'ingress.enabled': 'true',
  'autoscaling.enabled': 'true',
  'metrics.enabled': 'true',
  'metrics.serviceMonitor': 'true',
  'backup.enabled': 'true',
  'backup.existingClaim': 'dumps',
  'backup.serviceSecret': 'database-service',
  databaseCaSecret: 'database-ca',
  trustedProxies: '10.0.0.0/8',
};

const run = reason === undefined || process.env['CI'] === 'true' ? describe : describe.skip;

run('the Helm chart', () => {
  test('finds Helm', () => {
    expect(reason).toBeUndefined();
  });

  test('passes the strict lint', () => {
    const { status, stdout, stderr } = spawnSync(helm, ['lint', '--strict', CHART], { encoding: 'utf8' });
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('0 chart(s) failed')]);
  });

  test('is of the version of the package', () => {
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
    expect(readFileSync(join(CHART, 'Chart.yaml'), 'utf8')).toContain(`appVersion: ${version}\n`);
  });

  test('creates every kind of object when everything is switched on', () => {
    expect([...render(EVERYTHING).keys()].sort()).toEqual([
      'CronJob',
      'Deployment',
      'HorizontalPodAutoscaler',
      'Ingress',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Service',
      'ServiceAccount',
      'ServiceMonitor',
    ]);
  });

  test('hardens every container as the command does, and passes secrets as files only', () => {
    const objects = render(EVERYTHING);
    const pods = [
      Deployment.parse(objects.get('Deployment')).spec.template.spec,
      CronJob.parse(objects.get('CronJob')).spec.jobTemplate.spec.template.spec,
    ];
    const known: readonly string[] = [...Object.values(ENVIRONMENT), ...Object.values(SECRET_FILES).flat()];
    for (const { securityContext, containers } of pods) {
      expect(securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(containers[0].securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
    const [{ env }] = pods[0]?.containers ?? [{ env: [] }];
    expect(env.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
    expect(env.filter(({ name }) => name.endsWith('_FILE')).map(({ value }) => value)).toEqual([
      '/run/secrets/dashboard/secret-key',
      '/run/secrets/dashboard/database-url',
      '/run/secrets/dashboard/passphrase',
      '/run/secrets/dashboard/credential',
    ]);
  });

  test('gives a pod longer to stop than it drains', () => {
    const pod = Deployment.parse(render({ drainSeconds: '20' }).get('Deployment')).spec.template.spec;
    expect(pod.terminationGracePeriodSeconds).toBe(55);
  });

  test('selects the pods of its own release', () => {
    const objects = render(EVERYTHING);
    const { selector, template } = Deployment.parse(objects.get('Deployment')).spec;
    expect(template.metadata.labels).toMatchObject(selector.matchLabels);
    expect(objects.get('Service')).toMatchObject({ spec: { selector: selector.matchLabels } });
    for (const kind of ['PodDisruptionBudget', 'ServiceMonitor']) {
      expect(objects.get(kind)).toMatchObject({ spec: { selector } });
    }
    expect(objects.get('NetworkPolicy')).toMatchObject({ spec: { podSelector: selector } });
  });

  test('keeps one replica and a volume for SQLite', () => {
    const objects = render({ storage: 'sqlite' });
    const { replicas, strategy, template } = Deployment.parse(objects.get('Deployment')).spec;
    expect([replicas, strategy.type]).toEqual([1, 'Recreate']);
    expect(template.spec.containers[0].volumeMounts).toContainEqual({
      name: 'project',
      mountPath: CONTAINER.folder,
    });
    expect([...objects.keys()].sort()).toEqual([
      'Deployment',
      'NetworkPolicy',
      'PersistentVolumeClaim',
      'Service',
      'ServiceAccount',
    ]);
  });

  test.each([
    [{ storage: 'sqlite', 'autoscaling.enabled': 'true' }, 'autoscaling needs storage: postgresql'],
    [{ storage: 'sqlite', 'backup.enabled': 'true' }, 'backup dumps PostgreSQL'],
    [{ 'backup.enabled': 'true' }, 'backup.serviceSecret names'],
    [{ 'backup.enabled': 'true', 'backup.serviceSecret': 's' }, 'backup.existingClaim names'],
    [{ 'metrics.serviceMonitor': 'true' }, 'metrics.serviceMonitor needs metrics.enabled'],
    [{ replica: '3' }, 'Additional property replica is not allowed'],
    [{ storage: 'mysql' }, 'storage must be one of'],
    [{ drainSeconds: '-1' }, 'drainSeconds'],
    [{ publicUrl: 'example.org' }, 'publicUrl'],
  ])('refuses %j and says why', (values, text) => {
    const { status, stderr } = runHelm(values);
    expect([status, stderr]).toEqual([1, expect.stringContaining(text)]);
  });

  test('probes paths that the backend serves', async () => {
    const pod = Deployment.parse(render().get('Deployment')).spec.template.spec;
    const { startupProbe, livenessProbe, readinessProbe } = pod.containers[0];
    const backend = await BackendProcess.prepare();
    try {
      await backend.start();
      for (const { httpGet } of [startupProbe, livenessProbe, readinessProbe]) {
        expect((await fetch(`${backend.url}${httpGet.path}`)).status).toBe(200);
      }
    } finally {
      await backend.remove();
    }
  });
});
