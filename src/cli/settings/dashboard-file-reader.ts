import type { Node, Pair, YAMLMap } from 'yaml';
import { readCredential } from '../../contract/credential.ts';
import { ENVIRONMENT, SECRET_FILES } from '../../contract/environment.ts';
import { similarWord } from '../../contract/similar-word.ts';
import { DashboardFile, isSecretVariable } from './dashboard-file.ts';
import { VARIABLE_NAME } from './environment-flags.ts';

/** Problems of one line, and where they are known what to do about them. */
export interface Problem {
  readonly line: number;
  readonly text: string;
  readonly advice?: string;
}

const ALTERNATIVES: Readonly<Record<string, string>> = {
  [ENVIRONMENT.credential]: 'cred-file',
  [ENVIRONMENT.passphrase]: 'passphrase-file',
};

/** Names what takes a secret from a file instead. */
const fileInstead = (name: string): string => {
  const own = ALTERNATIVES[name];
  if (own !== undefined) {
    return `Put the secret into a file of its own (chmod 600), and name that here: \`${own}: FILE\`.`;
  }
  const variable =
    name === ENVIRONMENT.databaseUrl
      ? SECRET_FILES.databaseUrl[0]
      : name === ENVIRONMENT.secretKey
        ? SECRET_FILES.secretKey[0]
        : undefined;
  return variable === undefined
    ? `Pass it on from the environment of the command instead: write \`${name}:\` without a value, and set it there.`
    : `Put the secret into a file of its own (chmod 600), and name that under env: \`${variable}: FILE\`.`;
};

const EXAMPLES = {
  name: '`name: study-1`',
  port: '`port: 8443`',
  bind: '`bind: 127.0.0.1`',
  image: '`image: nvflare-dashboard:0.1.0`',
  'base-image': '`base-image: node:24-bookworm-slim`',
  local: '`local: true`',
  foreground: '`foreground: true`',
  strict: '`strict: true`',
  restart: '`restart: unless-stopped`',
  timeout: '`timeout: 60`',
  'passphrase-file': '`passphrase-file: secrets/passphrase`',
  cred: '`cred: admin@example.org`',
  'cred-file': '`cred-file: secrets/admin`',
  'backup-every': '`backup-every: 1d`',
  'backup-keep': '`backup-keep: 14`',
  'backup-folder': '`backup-folder: backups`',
  env: '`env:` and below it, indented, `NAME: value`',
} satisfies Readonly<Record<keyof DashboardFile, string>>;

const isSetting = (name: string): name is keyof DashboardFile => name in EXAMPLES;

type Yaml = typeof import('yaml');
type Entry = Pair<Node, Node | null>;

/** Reads the files' scalars and the map `env`, and keeps the line of each. */
export class DashboardFileReader {
  readonly problems: Problem[] = [];
  readonly #yaml: Yaml;
  readonly #lineOf: (offset: number) => number;
  readonly #host: Readonly<Record<string, string | undefined>>;
  readonly #lines = new Map<string, number>();

  constructor(
    yaml: Yaml,
    lineOf: (offset: number) => number,
    host: Readonly<Record<string, string | undefined>>,
  ) {
    this.#yaml = yaml;
    this.#lineOf = lineOf;
    this.#host = host;
  }

  read(map: YAMLMap<Node, Node | null>): DashboardFile {
    const values: Record<string, unknown> = {};
    for (const pair of map.items) {
      const name = this.#name(pair);
      const line = this.#line(pair.key);
      this.#lines.set(name, line);
      if (name === 'passphrase') {
        const advice = fileInstead(ENVIRONMENT.passphrase);
        this.problems.push({
          line,
          text: 'passphrase must not stand here, where others can read it',
          advice,
        });
      } else if (!(name in DashboardFile.shape)) {
        this.problems.push({ line, ...this.#unknown(name) });
      } else if (name === 'env') {
        values[name] = this.#environment(pair);
      } else {
        values[name] = this.#scalar(pair.value);
      }
    }
    return this.#check(values);
  }

  #name({ key }: Entry): string {
    return this.#yaml.isScalar(key) ? String(key.value) : '(no name)';
  }

  #line(node: Node | null): number {
    return this.#lineOf(node?.range?.[0] ?? 0);
  }

  #unknown(name: string): Omit<Problem, 'line'> {
    const known = Object.keys(DashboardFile.shape);
    const similar = similarWord(name, known);
    return {
      text: `there is no setting "${name}"`,
      advice: similar === undefined ? `The settings are ${known.join(', ')}.` : `Did you mean "${similar}"?`,
    };
  }

  #scalar(node: Node | null): unknown {
    if (this.#yaml.isScalar(node)) {
      return node.value;
    }
    return node === null ? null : [];
  }

  /** @returns the variables; one without a value has the one of this host */
  #environment({ key, value }: Entry): Readonly<Record<string, string>> {
    const { problems } = this;
    if (!this.#yaml.isMap<Node, Node | null>(value)) {
      const advice = 'Write one variable a line, indented: `  NAME: value`.';
      problems.push({ line: this.#line(key), text: 'env is not a list of variables', advice });
      return {};
    }
    const found: Record<string, string> = {};
    for (const pair of value.items) {
      const name = this.#name(pair);
      const line = this.#line(pair.key);
      const text = this.#variable(pair.value);
      if (!VARIABLE_NAME.test(name)) {
        const advice = 'Use letters, digits and underscores.';
        problems.push({ line, text: `env "${name}" is not the name of an environment variable`, advice });
      } else if (text === undefined) {
        const advice = 'Write one value, in quotes where it holds ":" or "#".';
        problems.push({ line, text: `env ${name} has more than one value`, advice });
      } else if (isSecretVariable(name, text)) {
        const advice = fileInstead(name);
        problems.push({ line, text: `env ${name} must not stand here, where others can read it`, advice });
      } else {
        const passedOn = text === '' && this.#isEmpty(pair.value) ? this.#host[name] : text;
        if (passedOn !== undefined) {
          found[name] = passedOn;
        }
      }
    }
    return found;
  }

  #isEmpty(node: Node | null): boolean {
    return node === null || (this.#yaml.isScalar(node) && node.value === null);
  }

  /** A variable's value as it was written: `1.10` stays `1.10`. */
  #variable(node: Node | null): string | undefined {
    if (this.#isEmpty(node)) {
      return '';
    }
    if (!this.#yaml.isScalar(node)) {
      return undefined;
    }
    return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
  }

  #check(values: Readonly<Record<string, unknown>>): DashboardFile {
    const parsed = DashboardFile.safeParse(values);
    const { problems } = this;
    for (const { path, message } of parsed.error?.issues ?? []) {
      const name = String(path[0] ?? '');
      problems.push({
        line: this.#lines.get(name) ?? 1,
        text: `${name} ${message}`,
        ...(isSetting(name) ? { advice: `Write, for example, ${EXAMPLES[name]}.` } : {}),
      });
    }
    const settings = parsed.data ?? {};
    this.#checkCredential(settings.cred);
    return settings;
  }

  #checkCredential(text: string | undefined): void {
    if (text === undefined) {
      return;
    }
    const line = this.#lines.get('cred') ?? 1;
    const read = readCredential(text);
    if (read.ok && read.credential.password !== '') {
      const advice = fileInstead(ENVIRONMENT.credential);
      this.problems.push({
        line,
        text: 'cred must not contain a password here, where others can read it',
        advice,
      });
    } else if (!read.ok) {
      // Whatever it is, it may hold a password.
      const advice = 'Write EMAIL or EMAIL::ORG; a password goes into a file named by `cred-file`.';
      this.problems.push({
        line,
        text: 'cred is not an e-mail address, with an organization after "::" or without',
        advice,
      });
    }
  }
}
