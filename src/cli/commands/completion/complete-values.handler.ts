import { findEngine } from '../../deployment/container/find-engine.ts';
import type { CommandContext, Handler } from '../../handler.ts';

const MAX_WAIT_MS = 2000;

const valuesOf = async (
  kind: string | undefined,
  { runtime }: CommandContext,
): Promise<readonly string[]> => {
  const signal = AbortSignal.any([runtime.signal, AbortSignal.timeout(MAX_WAIT_MS)]);
  const engine = await findEngine({ ...runtime, signal });
  if (kind === 'image') {
    return engine.listImages(signal);
  }
  return (await engine.listContainers(signal)).map(({ name }) => name);
};

/** Prints the values that a shell completes; prints nothing where nothing responds. */
export const completeValues: Handler = async (_flags, [kind], context) => {
  const values = await valuesOf(kind, context).catch(() => []);
  return { data: { values }, lines: [...new Set(values)].sort() };
};
