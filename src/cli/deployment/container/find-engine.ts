import type { Engine } from '../../../engine/engine.ts';
import type { Runtime } from '../../runtime.ts';

/** The engine that this user means. Loaded late: it is the slow part. @throws EngineError */
export const findEngine = async (runtime: Runtime): Promise<Engine> => {
  const { connectEngine } = await import('../../../engine/connect/connect.ts');
  const { environment, home, platform, uid } = runtime;
  return connectEngine({ environment, home, platform, uid }, runtime.signal);
};
