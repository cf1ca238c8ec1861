import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import type * as Backend from './backend.ts';

const FILE = /^backend[\w.-]*\.cjs$/;
const SUFFIX = '.cache';
const DIGEST_BYTES = 32;

interface Loaded {
  readonly exports: unknown;
}

const digestOf = (source: string, code: Buffer): Buffer =>
  createHash('sha256').update(source, 'latin1').update(code).digest();

const isBackend = (value: unknown): value is typeof Backend =>
  typeof value === 'object' && value !== null && 'runBackend' in value;

/** What V8 made of a source before; undefined when it is missing or belongs to another source. */
const readCode = (path: string, source: string): Buffer | undefined => {
  try {
    const kept = readFileSync(path + SUFFIX);
    const code = kept.subarray(DIGEST_BYTES);
    return digestOf(source, code).equals(kept.subarray(0, DIGEST_BYTES)) ? code : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The backend bundled into a few CommonJS files, which V8 need not compile where the code it made of them at build
 * time is at hand and of the same V8; otherwise it compiles them as ever. (Modules of the other kind cannot be
 * given such code.)
 */
export class Bundle {
  readonly #folder: string;
  readonly #scripts: ReadonlyMap<string, Script>;
  readonly #loaded = new Map<string, Loaded>();

  /** @throws Error when the folder holds no bundle */
  constructor(folder: string) {
    this.#folder = folder;
    const names = readdirSync(folder).filter((name) => FILE.test(name));
    this.#scripts = new Map(names.map((name) => [name, this.#compile(join(folder, name))]));
  }

  /** What the bundle's entry exports. */
  load(): typeof Backend {
    const backend = this.#require('backend.cjs');
    if (!isBackend(backend)) throw new Error('the bundle is not the backend');
    return backend;
  }

  /** Keeps the code that V8 has made so far beside the files. */
  keepCode(): void {
    for (const [name, script] of this.#scripts) {
      if (!this.#loaded.has(name)) continue;
      const path = join(this.#folder, name);
      const code = script.createCachedData();
      const digest = digestOf(readFileSync(path, 'latin1'), code);
      writeFileSync(path + SUFFIX, Buffer.concat([digest, code]));
      chmodSync(path + SUFFIX, 0o644);
    }
  }

  /** The build leaves only ASCII in the files; a text of single bytes takes half the memory. */
  #compile(path: string): Script {
    const source = readFileSync(path, 'latin1');
    const code = readCode(path, source);
    return new Script(`(function (exports, require, module, __filename) {${source}\n})`, {
      filename: path,
      ...(code === undefined ? {} : { cachedData: code }),
    });
  }

  #require(name: string): unknown {
    const before = this.#loaded.get(name);
    if (before !== undefined) return before.exports;
    const script = this.#scripts.get(name);
    if (script === undefined) throw new Error(`the bundle has no ${name}`);
    const path = join(this.#folder, name);
    const outside = createRequire(path);
    const inside = (wanted: string): unknown =>
      wanted.startsWith('./') ? this.#require(wanted.slice(2)) : outside(wanted);
    const module: Loaded = { exports: {} };
    this.#loaded.set(name, module);
    const run: unknown = script.runInThisContext();
    if (typeof run === 'function') Reflect.apply(run, undefined, [module.exports, inside, module, path]);
    return module.exports;
  }
}
