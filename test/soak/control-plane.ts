import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Agent, request } from 'undici';
import { freePort } from '../support/free-port.ts';
import { until } from '../support/until.ts';

const START_MS = 180_000;

/** Programs of the control plane, by name. */
export type Programs = Readonly<Record<'control-plane' | 'etcd' | 'kwok', string>>;

/** A response of the API server. */
export interface KubeResponse {
  readonly status: number;
  readonly warnings: readonly string[];
  readonly json: unknown;
}

/**
 * A real API server with etcd, controllers and scheduler; kwok plays the kubelets, so that pods are scheduled and
 * become ready without containers.
 */
export class ControlPlane {
  readonly #programs: Programs;
  readonly #folder = mkdtempSync(join(tmpdir(), 'control-plane-'));
  readonly #token = randomBytes(16).toString('hex');
  readonly #client = new Agent({ connect: { rejectUnauthorized: false } });
  readonly #children: ChildProcess[] = [];
  #url = '';

  constructor(programs: Programs) {
    this.#programs = programs;
  }

  /** Starts all parts. @throws Error when the API server does not get ready */
  async start(): Promise<void> {
    const etcd = await this.#startEtcd();
    await this.#startApiServer(etcd);
    const kubeconfig = this.#writeKubeconfig();
    await this.#startControllers(kubeconfig);
  }

  /** Sends a request to the API server. */
  async ask(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<KubeResponse> {
    const type = method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json';
    const response = await request(`${this.#url}${path}`, {
      method,
      dispatcher: this.#client,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': type },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { warning = [] } = response.headers;
    return {
      status: response.statusCode,
      warnings: typeof warning === 'string' ? [warning] : warning,
      json: await response.body.json(),
    };
  }

  /** Ends all parts and removes their data. */
  async stop(): Promise<void> {
    await this.#client.destroy();
    for (const child of this.#children.toReversed()) {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'close');
        child.kill('SIGKILL');
        await ended;
      }
    }
    rmSync(this.#folder, { recursive: true });
  }

  #spawn(name: string, program: string, args: readonly string[]): void {
    const log = openSync(join(this.#folder, `${name}.log`), 'a');
    const child = spawn(program, args, { cwd: this.#folder, stdio: ['ignore', log, log] });
    closeSync(log);
    this.#children.push(child);
  }

  async #startEtcd(): Promise<string> {
    const [client, peer] = [await freePort(), await freePort()].map((port) => `http://127.0.0.1:${port}`);
    this.#spawn('etcd', this.#programs.etcd, [
      `--data-dir=${join(this.#folder, 'etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
    ]);
    return client ?? '';
  }

  async #startApiServer(etcd: string): Promise<void> {
    const port = await freePort();
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    writeFileSync(join(this.#folder, 'accounts.key'), privateKey, { mode: 0o600 });
    writeFileSync(join(this.#folder, 'accounts.pub'), publicKey);
    writeFileSync(join(this.#folder, 'tokens.csv'), `${this.#token},admin,admin,system:masters\n`, {
      mode: 0o600,
    });
    this.#spawn('apiserver', this.#programs['control-plane'], [
      'kube-apiserver',
      `--etcd-servers=${etcd}`,
      `--secure-port=${port}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      '--endpoint-reconciler-type=none',
      `--cert-dir=${join(this.#folder, 'certificates')}`,
      '--service-cluster-ip-range=10.96.0.0/16',
      '--service-account-issuer=https://kubernetes.default.svc',
      '--service-account-key-file=accounts.pub',
      '--service-account-signing-key-file=accounts.key',
      '--token-auth-file=tokens.csv',
      '--authorization-mode=RBAC',
    ]);
    this.#url = `https://127.0.0.1:${port}`;
    await until(async () => {
      try {
        const { statusCode, body } = await request(`${this.#url}/readyz`, {
          dispatcher: this.#client,
          headers: { authorization: `Bearer ${this.#token}` },
        });
        await body.dump();
        return statusCode === 200;
      } catch {
        return false;
      }
    }, START_MS).catch((error: unknown) => {
      const log = readFileSync(join(this.#folder, 'apiserver.log'), 'utf8').split('\n').slice(-5).join('\n');
      throw new Error(`the API server is not ready: ${log}`, { cause: error });
    });
  }

  #writeKubeconfig(): string {
    const file = join(this.#folder, 'kubeconfig.yaml');
    const name = 'local';
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name, cluster: { server: this.#url, 'insecure-skip-tls-verify': true } }],
      users: [{ name, user: { token: this.#token } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      'current-context': name,
    };
    writeFileSync(file, stringify(config), { mode: 0o600 });
    return file;
  }

  async #startControllers(kubeconfig: string): Promise<void> {
    for (const [name, args] of [
      ['kube-controller-manager', ['--service-account-private-key-file=accounts.key']],
      ['kube-scheduler', []],
    ] as const) {
      this.#spawn(name, this.#programs['control-plane'], [
        name,
        `--kubeconfig=${kubeconfig}`,
        '--leader-elect=false',
        '--bind-address=127.0.0.1',
        `--secure-port=${await freePort()}`,
        ...args,
      ]);
    }
    this.#spawn('kwok', this.#programs.kwok, [
      `--kubeconfig=${kubeconfig}`,
      '--manage-all-nodes=true',
      `--server-address=127.0.0.1:${await freePort()}`,
    ]);
  }
}
